import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';
import type { AttemptOperation } from '../schema.ts';
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
export async function planReads(
  db: Executor,
  household: ClaimedHousehold,
  attempts: readonly PlannedAttempt[],
): Promise<void> {
  await sql`
    insert into attempt (message_id, enrolment_id, run_id, operation, number, fence)
    select "messageId", "enrolmentId", ${household.runId}::bigint, operation, number, ${household.fence}::bigint
      from jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) as a(
        "messageId" uuid, "enrolmentId" bigint, operation text, number int)`.execute(db);
}

/**
 * The intent to register, committed before anything is sent: state `sending`, the hour, the count and the message id.
 * After this commit a crash can no longer lead to a blind second sending. Guarded by the fence; by the state that was
 * read, because a claim that waited for the former owner's commit holds a newer fence than its picture of the members;
 * and by the run, which a charged registration may just have stopped. Throws {@link FencedOut}.
 */
export async function markSending(
  db: Executor,
  household: ClaimedHousehold,
  attempts: readonly PlannedSending[],
): Promise<void> {
  await underFence(() =>
    sql`
    with a as (
      select * from jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) as a(
        "messageId" uuid, "enrolmentId" bigint, number int, "from" text, insurer text,
        "asHolder" boolean)
    ), moved as (
      update enrolment e set state = 'sending', sent_at = now(), sends = e.sends + 1, not_before = null,
             sent_insurer = a.insurer, sent_as_holder = a."asHolder"
        from a
       where e.id = a."enrolmentId" and e.fence = ${household.fence}::bigint and e.state = a."from"
         and e.state in ('confirmed', 'deferred', 'outcome-unknown', 'sending') and e.step = 'register'
         and exists (select 1 from run r where r.id = ${household.runId}::bigint and r.state = 'registering')
      returning e.id
    ), planned as (
      insert into attempt (message_id, enrolment_id, run_id, operation, number, fence)
      select "messageId", "enrolmentId", ${household.runId}::bigint, 'register', number, ${household.fence}::bigint from a
    )
    select require_rows((select count(*) from moved), ${attempts.length}::int)`.execute(db),
  );
}
