import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/**
 * Gives a household back after an unexpected error, not to be taken again for a while: a household that always fails
 * must not hold up the night of all others. Does nothing when somebody else has it by now.
 */
export async function giveBack(db: Executor, householdId: string, owner: string, pauseMs: number): Promise<void> {
  const later = sql`now() + ${pauseMs}::bigint * interval '1 millisecond'`;
  await sql`
    update household_work
       set lease_until = null,
           verify_due = case when verify_due is not null then greatest(verify_due, ${later}) end,
           register_due = case when register_due is not null then greatest(register_due, ${later}) end
     where household_id = ${householdId}::bigint and owner = ${owner} and lease_until > now()`.execute(db);
}
