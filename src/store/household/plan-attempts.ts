import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';
import type { AttemptOperation } from '../schema.ts';
import { grouped, VISITS_AT_ONCE } from '../grouped.ts';
import type { ClaimedHousehold } from './claim-household.ts';
import { underFence } from './fenced-out.ts';

/** A call about to be made. */
export interface PlannedAttempt {
  readonly messageId: string;
  readonly enrolmentId: string;
  readonly operation: AttemptOperation;
  readonly number: number;
}

/** A registration about to leave, from the state in which its author read the person. */
export interface PlannedSending extends PlannedAttempt {
  readonly from: EnrolmentState;
  readonly insurer: string;
  readonly asHolder: boolean;
}

/** Files the message ids of reads before they leave: a message no registry of ours knows must not exist. */
export function planReads(
  db: Executor,
  household: ClaimedHousehold,
  attempts: readonly PlannedAttempt[],
): Promise<void> {
  const { runId, fence } = household;
  return fileReads(
    db,
    attempts.map((attempt) => ({ ...attempt, runId, fence })),
  );
}

const fileReads = grouped(fileAllReads, { most: VISITS_AT_ONCE });

interface FiledRead extends PlannedAttempt {
  readonly runId: string;
  readonly fence: string;
}

async function fileAllReads(db: Executor, visits: readonly (readonly FiledRead[])[]): Promise<readonly undefined[]> {
  await sql`
    insert into attempt (message_id, enrolment_id, run_id, operation, number, fence)
    select "messageId", "enrolmentId", "runId", operation, number, fence
      from jsonb_to_recordset(${JSON.stringify(visits.flat())}::jsonb) as a(
        "messageId" uuid, "enrolmentId" bigint, "runId" bigint, operation text, number int, fence bigint)`.execute(db);
  return visits.map(() => undefined);
}

/**
 * The intent to register, committed before anything is sent: state `sending`, the hour, the count and the message id.
 * After this commit a crash can no longer lead to a blind second sending. Guarded by the fence; by the state that was
 * read, because a claim that waited for the former owner's commit holds a newer fence than its picture of the members;
 * and by the run, which a charged registration may just have stopped, or which may be a rehearsal.
 *
 * A run with a cap gives a place to each person it sends, in the same statement and in the order of `attempts`; whoever
 * it has sent before keeps theirs. Returns the enrolments that may leave: all of them, unless the cap is reached.
 * Throws {@link FencedOut}.
 */
export async function markSending(
  db: Executor,
  household: ClaimedHousehold,
  attempts: readonly PlannedSending[],
): Promise<ReadonlySet<string>> {
  const sent = await underFence(() => markVisit(db, { household, attempts }));
  return new Set(attempts.map(({ enrolmentId }) => enrolmentId).filter((id) => sent.has(id)));
}

interface SendingVisit {
  readonly household: ClaimedHousehold;
  readonly attempts: readonly PlannedSending[];
}

const markVisit = grouped(markAll, { most: VISITS_AT_ONCE, kindOf: ({ household }) => household.runId });

async function markAll(db: Executor, visits: readonly SendingVisit[]): Promise<readonly ReadonlySet<string>[]> {
  const [first] = visits;
  if (first === undefined) return [];
  const run = sql`${first.household.runId}::bigint`;
  const asked = visits.flatMap(({ household: { householdId, fence }, attempts }) =>
    attempts.map((attempt) => ({ ...attempt, householdId, fence })),
  );
  const ranked = JSON.stringify(asked.map((attempt, rank) => ({ ...attempt, rank })));
  const { rows } = await sql<{ sent: string[] }>`
    with asked as (
      select * from jsonb_to_recordset(${ranked}::jsonb) as a(
        rank int, "messageId" uuid, "householdId" bigint, fence bigint, "enrolmentId" bigint, number int, "from" text,
        insurer text, "asHolder" boolean)
    ), fresh as (
      select "enrolmentId", row_number() over (order by rank) as place from asked
       where exists (select 1 from run r where r.id = ${run} and r.max_writes is not null)
         and not exists (select 1 from attempt t where t.enrolment_id = asked."enrolmentId" and t.run_id = ${run}
                            and t.operation = 'register')
    ), taken as (
      -- Reached before any enrolment is locked: an import locks the run first as well. Without a cap no row is touched,
      -- and the run is no place where all workers meet.
      update run r set last_grant = least(r.max_writes - r.writes, wanted.people),
                       writes = r.writes + least(r.max_writes - r.writes, wanted.people)
        from (select count(*)::int as people from fresh) wanted
       where r.id = ${run} and r.max_writes is not null and wanted.people > 0
      returning r.last_grant
    ), a as (
      select asked.* from asked left join fresh using ("enrolmentId")
       where fresh.place is null or fresh.place <= coalesce((select last_grant from taken), fresh.place)
    ), moved as (
      update enrolment e set state = 'sending', sent_at = now(), sends = e.sends + 1, not_before = null,
             sent_insurer = a.insurer, sent_as_holder = a."asHolder"
        from a
       where e.household_id = a."householdId" and e.id = a."enrolmentId"
         and e.fence = a.fence and e.state = a."from"
         and e.state in ('confirmed', 'deferred', 'outcome-unknown', 'sending') and e.step = 'register'
         and exists (select 1 from run r where r.id = ${run} and r.state = 'registering' and not r.shadow)
      returning e.id
    ), planned as (
      insert into attempt (message_id, enrolment_id, run_id, operation, number, fence)
      select "messageId", "enrolmentId", ${run}, 'register', number, fence from a
    )
    select require_rows((select count(*) from moved), (select count(*) from a)),
           array(select id::text from moved) as sent`.execute(db);
  const sent = new Set(rows[0]?.sent);
  return visits.map(() => sent);
}
