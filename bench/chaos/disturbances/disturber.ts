/** Does to a run what its plan says. One thing is begun at a time; who is frozen stays so while others follow. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Times } from '../../../src/domain/times.ts';
import type { Crew, Worker } from '../servers/crew.ts';
import type { Partner } from '../servers/partner.ts';
import { OBSERVER, type RunPostgres } from '../servers/postgres-server.ts';
import type { RunRedis } from '../servers/redis-server.ts';
import type { Aim } from './aim.ts';
import type { Disturbance } from './plan.ts';
import type { RecoveryWatch } from './recovery-watch.ts';

export interface Disturbed {
  readonly crew: Crew;
  readonly partner: Partner;
  readonly postgres: RunPostgres;
  /** Null: the queues are in PostgreSQL. */
  readonly redis: RunRedis | null;
  readonly recoveries: RecoveryWatch;
  readonly aim: Aim;
  readonly times: Times;
  readonly random: () => number;
  /** Resolves when the frozen may wake whose phase is to pass meanwhile. */
  readonly phasePassed: () => Promise<unknown>;
}

/** How often each happened; one that kills everybody counts for each of them. */
export type Happened = Readonly<Record<Disturbance, number>> & { readonly workersKilled: number };

/** A freeze is long when the lease, and with it the right to write, is over on waking. */
const LONG = { least: 1.1, most: 1.8 };
const SHORT = { least: 0.05, most: 0.8 };
/** As long as it takes to be taken over, settled and sent again, with another trouble on the way. */
const LONGEST_LEASES = 4;
const WAKE_LOOK_MS = 100;
/** Of the settle window: PostgreSQL takes no writes for about a minute in production. */
const READ_ONLY_SHARE = 0.2;

export class Disturber {
  readonly #run: Disturbed;
  readonly #counts = new Map<Disturbance, number>();
  readonly #frozen = new Set<Promise<void>>();
  #workersKilled = 0;

  constructor(run: Disturbed) {
    this.#run = run;
  }

  /** True when it happened; false when nobody is there for it now, and it is to be tried again. */
  async disturb(what: Disturbance): Promise<boolean> {
    const done = await this.#actions[what]();
    if (done) this.#counts.set(what, this.count(what) + 1);
    return done;
  }

  count(what: Disturbance): number {
    return this.#counts.get(what) ?? 0;
  }

  get workersKilled(): number {
    return this.#workersKilled;
  }

  /** Resolves when everybody who was frozen is awake. */
  async allAwake(): Promise<void> {
    await Promise.all(this.#frozen);
  }

  readonly #actions: Readonly<Record<Disturbance, () => Promise<boolean>>> = {
    kill: async () => this.#kill((await this.#busiest()) ?? this.#anybody()),
    // The partner has acted, the worker dies before it can write that down.
    'kill-after-effect': async () => {
      const { aim, crew } = this.#run;
      const target = await aim.carriedOutUnanswered(() => crew.awake());
      return this.#kill(target?.worker ?? null);
    },
    'kill-all': async () => {
      const all = this.#run.crew.awake();
      await Promise.all(all.map((worker) => this.#kill(worker)));
      return all.length > 0;
    },
    freeze: () => Promise.resolve(this.#freeze(this.#anybody(), () => pause(this.#leases(SHORT)))),
    'long-freeze': async () =>
      this.#freeze((await this.#busiest()) ?? this.#anybody(), () => pause(this.#leases(LONG))),
    // Its answer says that nothing was processed; read when others have long registered the person.
    'freeze-unanswered': async () => {
      const { aim, crew, times } = this.#run;
      const target = await aim.sentUnregistered(() => crew.awake());
      const enough = LONGEST_LEASES * times.leaseMs;
      return this.#freeze(target?.worker ?? null, () =>
        this.#untilSeen(() => aim.anyRegistered(target?.enrolmentIds ?? []), pause(enough)),
      );
    },
    // Of no use with nothing in hand: put off until somebody has.
    'freeze-across-phases': async () => {
      const { aim, phasePassed } = this.#run;
      const worker = await this.#busiest();
      const held = worker === null ? [] : await aim.heldBy(worker.owner);
      return this.#freeze(worker, () =>
        Promise.all([pause(this.#leases(LONG)), this.#untilSeen(() => aim.allDone(held), phasePassed())]),
      );
    },
    'queue-wipe': () => this.#wipeQueues(),
    'queue-restart': async () => {
      await this.#run.redis?.restart(true);
      return true;
    },
    'database-cut': () => this.#cutSessions(),
    'database-restart': async () => {
      await this.#run.postgres.restart();
      return true;
    },
    'read-only': () => this.#readOnly(),
    'partner-restart': async () => {
      await this.#run.partner.restart();
      return true;
    },
    retire: () => {
      const worker = this.#anybody();
      if (worker === null) return Promise.resolve(false);
      // The product gives up a quarter of a minute after the write deadline.
      const retired = this.#run.crew.retire(worker, this.#run.times.writeDeadlineMs + 20_000);
      this.#keep(retired);
      return Promise.resolve(true);
    },
  };

  #anybody(): Worker | null {
    const awake = this.#run.crew.awake();
    return awake[Math.floor(this.#run.random() * awake.length)] ?? null;
  }

  /** Who holds most households now; null when nobody awake holds any. */
  async #busiest(): Promise<Worker | null> {
    const awake = this.#run.crew.awake();
    const [most] = await this.#run.postgres.rows<{ owner: string }>(
      `select named.owner from unnest($1::text[]) as named(owner)
         join household_work w on starts_with(w.owner, named.owner || ':') and w.lease_until > now()
        group by named.owner order by count(*) desc limit 1`,
      [awake.map(({ owner }) => owner)],
    );
    return awake.find(({ owner }) => owner === most?.owner) ?? null;
  }

  async #kill(worker: Worker | null): Promise<boolean> {
    if (worker === null) return false;
    await this.#run.crew.kill(worker);
    this.#workersKilled++;
    await this.#run.recoveries.follow(worker.owner);
    return true;
  }

  #freeze(worker: Worker | null, until: () => Promise<unknown>): boolean {
    // A crew of which all sleep does not go on; one that dies is replaced.
    if (worker === null || this.#run.crew.awake().length < 2) return false;
    this.#keep(this.#run.crew.freeze(worker, until()));
    return true;
  }

  /** Until others have done what the frozen holds, or until waiting has no sense any more. */
  async #untilSeen(done: () => Promise<boolean>, over: Promise<unknown>): Promise<void> {
    const vain = new AbortController();
    void over.then(() => {
      vain.abort();
    });
    while (!vain.signal.aborted) {
      await Promise.race([pause(WAKE_LOOK_MS), over]);
      if (await done().catch(() => false)) return;
    }
  }

  #keep(going: Promise<void>): void {
    const kept: Promise<void> = going.finally(() => this.#frozen.delete(kept));
    this.#frozen.add(kept);
  }

  #leases({ least, most }: { least: number; most: number }): number {
    return this.#run.times.leaseMs * (least + this.#run.random() * (most - least));
  }

  async #wipeQueues(): Promise<boolean> {
    const { redis, postgres, random } = this.#run;
    if (redis === null) await postgres.rows(EMPTY_QUEUES);
    else if (random() < 0.5) await redis.flush();
    else await redis.restart(false);
    return true;
  }

  async #cutSessions(): Promise<boolean> {
    // Half of them, or all: a session that stays must not rely on one that went.
    const share = this.#run.random() < 0.5 ? 0.5 : 1;
    const cut = await this.#run.postgres.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where backend_type = 'client backend' and application_name <> $1 and random() < $2`,
      [OBSERVER, share],
    );
    return cut.length > 0;
  }

  async #readOnly(): Promise<boolean> {
    const { postgres, times } = this.#run;
    const set = async (value: string): Promise<void> => {
      await postgres.rows(`alter system set default_transaction_read_only = ${value}`);
      await postgres.rows('select pg_reload_conf()');
    };
    await set('on');
    await pause(times.settleMs * READ_ONLY_SHARE);
    await set('off');
    return true;
  }
}

const EMPTY_QUEUES = `do $$ declare t text; begin
  for t in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'bullmq'
     and tablename not like '%migration%'
  loop execute 'truncate ' || t || ' cascade'; end loop; end $$`;
