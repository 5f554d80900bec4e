import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import { insertResults } from './attempt-results.ts';
import type { RecordedRegistration, RecordedResult } from './commit-moves.ts';

/** Answers whose visit could not commit them: the household was somebody else's by then, or the commit failed. */
export interface LateAnswers {
  readonly results: readonly RecordedResult[];
  readonly registrations?: readonly RecordedRegistration[];
}

/**
 * Keeps answers that came too late to decide anything by themselves. Written by message id, outside the fence, and never
 * changed: they move nobody, and are only read by whoever settles the person. Twice is once.
 */
export async function keepLateAnswers(db: Executor, { results, registrations = [] }: LateAnswers): Promise<void> {
  await sql`
    with results as (${insertResults(results)} on conflict (message_id) do nothing)
    insert into late_answer (message_id, enrolment_id, registration)
    select ("one"->>'messageId')::uuid, ("one"->>'enrolmentId')::bigint, "one"
      from jsonb_array_elements(${JSON.stringify(registrations)}::jsonb) as r("one")
    on conflict (message_id) do nothing`.execute(db);
}

/** Registrations that late answers tell of these enrolments, oldest first. */
export async function lateRegistrations(
  db: Executor,
  enrolmentIds: readonly string[],
): Promise<readonly RecordedRegistration[]> {
  if (enrolmentIds.length === 0) return [];
  const { rows } = await sql<{ registration: RecordedRegistration }>`
    select registration from late_answer where enrolment_id = any(${[...enrolmentIds]}::bigint[])
     order by told_at, message_id`.execute(db);
  return rows.map(({ registration }) => registration);
}
