import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import { dueColumn, type Step } from '../household/claim-household.ts';
import type { DueHousehold } from '../run/due-households.ts';

/** Households with staff work of a run that could be claimed now; they go ahead of all others. */
export async function dueStaffHouseholds(
  db: Executor,
  { runId, step, limit }: { readonly runId: string; readonly step: Step; readonly limit: number },
): Promise<readonly DueHousehold[]> {
  const { rows } = await sql<DueHousehold>`
    select distinct w.household_id as id, w.fence
      from enrolment e join household_work w using (household_id)
     where e.staff_since is not null and e.step = ${step} and w.run_id = ${runId}::bigint and w.finished_at is null
       and (w.lease_until is null or w.lease_until < now()) and ${dueColumn(step)} <= now()
     order by 1 limit ${limit}`.execute(db);
  return rows;
}
