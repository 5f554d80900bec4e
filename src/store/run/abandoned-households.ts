import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import { dueColumn } from '../household/claim-household.ts';
import type { DueHousehold, DueHouseholds } from './due-households.ts';

/**
 * Due households whose lease ran out without being given back: their worker is dead, or was stopped for too long. Reads
 * every open household of the run, some 100 ms for a whole country: an index on leases would cost every claim more.
 */
export async function abandonedHouseholds(
  db: Executor,
  { runId, step, limit }: Omit<DueHouseholds, 'after'>,
): Promise<readonly DueHousehold[]> {
  const { rows } = await sql<DueHousehold>`
    select household_id as id, fence from household_work
     where run_id = ${runId}::bigint and finished_at is null and lease_until < now() and ${dueColumn(step)} <= now()
     order by household_id limit ${limit}`.execute(db);
  return rows;
}
