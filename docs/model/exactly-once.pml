/*
 * The registration of one person, as docs/reliability.md describes it: two workers, a queue that may hand the person to
 * both, crashes and freezes at every step, a database that compares the fence, and an insurer that recognises no key and
 * may carry a request out long after its sender has given up.
 *
 * Time is a number of ticks. A tick passes only as a step of its own, so that every interleaving of work and waiting is
 * tried. A worker that crashes forgets everything and begins again; one that is frozen is simply not scheduled.
 *
 * Property, in every reachable state: the insurer has carried out at most one registration, and nobody is recorded as
 * enrolled whom it has not registered.
 *
 * The promise has a condition: an insurer acts within SETTLE of the sending. With -DLATE it may act later, and the model
 * finds the double. With -DFREEZE a process may be frozen between its last look at the clock and the first byte on the
 * wire, for longer than lease and settle window: the gap that only a key at the insurer closes. With -DKEY it has one.
 * -DNOFENCE, -DNOINTENT and -DNOSETTLE take a part of the procedure away; without the fence alone the compared state and
 * the check of the lease still hold.
 *
 *   sh docs/model/check.sh
 */

#define LEASE   2   /* ticks a claim holds */
#define SETTLE  2   /* ticks after a sending before looking */
#define ROOM    1   /* ticks of lease that must be left for sending */
#define SENDS   2   /* sendings after which the model stops */
#define CLAIMS  4   /* claims after which it stops */
#define HORIZON 8   /* ticks after which time stands still */

mtype = { confirmed, sending, unknown, enrolled };

/* How long after the intent a request may still leave. */
#ifdef FROMINTENT
#define LEAVES_AFTER 0
#else
#define LEAVES_AFTER (LEASE - ROOM)
#endif

/* The database: one row. */
mtype state = confirmed;
byte fence = 0;
byte lease_until = 0;
byte settle_until = 0;     /* nobody looks before */
byte sends = 0;

/* The world. */
byte now = 0;
byte effects = 0;          /* registrations the insurer has carried out */
byte pending[SENDS];       /* for each sending: 0 not under way, otherwise 1 + the tick it left at */

/* What guards every write of a worker. */
#ifdef NOFENCE
#define OWNS true
#else
#define OWNS (fence == mine)
#endif

#ifdef KEY
#define CARRY_OUT effects = 1
#else
#define CARRY_OUT effects++
#endif

/* The insurer carries out what is under way, at any moment it still may. */
active proctype insurer() {
end_idle:
  do
  :: atomic { pending[0] != 0 -> pending[0] = 0; CARRY_OUT }
  :: atomic { pending[1] != 0 -> pending[1] = 0; CARRY_OUT }
  od
}

/* Time passes, but not beyond the moment by which the insurer must have acted. */
#ifdef LATE
#define MUST_ACT(i) false
#else
#define MUST_ACT(i) (pending[i] != 0 && now + 1 >= pending[i] - 1 + SETTLE)
#endif

active proctype clock() {
end_idle:
  do
  :: atomic { now < HORIZON && !MUST_ACT(0) && !MUST_ACT(1) -> now++ }
  od
}

/* A crash, or a freeze without end: the worker forgets what it held. The lease is left to run out. */
#define MAY_CRASH if :: goto crash :: skip fi

active [2] proctype worker() {
  byte mine, lease_ends, slot;
  mtype seen;

end_claim:
  do
  :: /* Claim: due, and free or its lease over. */
     atomic {
       state != enrolled && now >= lease_until && sends < SENDS && fence < CLAIMS ->
       fence++; mine = fence; lease_until = now + LEASE; lease_ends = now + LEASE; seen = state;
       MAY_CRASH
     };

     /* Settle: sent before, and what became of it is not known. */
     atomic {
       if
       :: seen == confirmed
#ifdef NOSETTLE
       :: seen != confirmed && effects == 0
#else
       :: seen != confirmed && now < settle_until -> goto release
       :: seen != confirmed && now >= settle_until && effects == 0
#endif
       :: seen != confirmed && effects > 0 ->
          if
          :: OWNS && state == seen -> state = enrolled
          :: else
          fi;
          goto release
       fi;
       MAY_CRASH
     };

     /* Intent, committed before anything leaves, under the fence and the state that was read. */
     atomic {
#ifdef NOINTENT
       sends < SENDS -> slot = sends; sends++;
#else
       if
       :: OWNS && state == seen && sends < SENDS ->
          /* It may leave as late as the lease allows, and act a settle window after that. */
          state = sending; settle_until = now + LEAVES_AFTER + SETTLE; slot = sends; sends++
       :: else -> goto release
       fi;
#endif
       MAY_CRASH
     };

     /* Room: by the monotonic clock, in the last moment before the first byte. */
     atomic {
       if
       :: now + ROOM <= lease_ends -> skip
       :: else -> goto release
       fi;
#ifdef FREEZE
     };
     /* Frozen here, for as long as it takes. */
     atomic {
#endif
       pending[slot] = 1 + now;
       MAY_CRASH
     };

     /* The answer: definite when the insurer has acted, lost at any time. Committed under the fence. */
     atomic {
       if
       :: pending[slot] == 0 ->
          if
          :: OWNS && state == sending -> state = enrolled
          :: else
          fi
       :: true ->
          if
          :: OWNS && state == sending -> state = unknown; settle_until = now + SETTLE
          :: else
          fi
       fi
     };

release:
     atomic {
       if
       :: fence == mine -> lease_until = now
       :: else
       fi
     };
crash:
     atomic { mine = 0; lease_ends = 0; slot = 0; seen = confirmed }
  od
}

active proctype judge() {
end_fine:
  atomic { effects > 1 || (state == enrolled && effects == 0) -> assert(false) }
}
