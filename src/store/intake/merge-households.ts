import type { RunStatement } from './intake-session.ts';
import { HOUSEHOLD_DATA } from './staging-table.ts';

const columns = HOUSEHOLD_DATA.join(', ');
const list = (prefix: string): string => HOUSEHOLD_DATA.map((name) => `${prefix}.${name}`).join(', ');

// Households with work to do: their first description on an accepted line speaks for them where lines disagree.
const CHOOSE = `create temporary table household_due on commit drop as
  select household_no, ref_key, row_number() over (partition by ref_key order by household_no) = 1 as speaks
  from staged_household
  where household_no in (select household_no from line_fate where fate in ('new', 'changed', 'resumed'))`;

const MERGE = `insert into household (ref, ref_key, batch_id, ${columns})
  select s.household_ref, s.ref_key, $1, ${list('s')}
  from staged_household s join household_due d using (household_no)
  where d.speaks
  order by s.household_no
  on conflict (ref_key) do update set
    batch_id = excluded.batch_id, ${HOUSEHOLD_DATA.map((name) => `${name} = excluded.${name}`).join(', ')}
  where (${list('household')}) is distinct from (${list('excluded')})`;

// The fence grows, so that a worker in the middle of a visit commits nothing more: it read the former data, and would
// note the household as finished. Its lease is left to run out, so that nobody calls the partners beside it.
const OPEN_WORK = `insert into household_work (household_id, verify_due)
  select h.id, now() from household_due d join household h using (ref_key) where d.speaks
  on conflict (household_id) do update set
    fence = household_work.fence + 1,
    verify_due = least(household_work.verify_due, excluded.verify_due),
    finished_at = null,
    run_id = (select r.id from run r where r.id = household_work.run_id and r.state in ('verifying', 'registering'))`;

// A run must not move on or close between the look at it here and the commit of the import.
const HOLD_RUN = `select 1 from run where state in ('verifying', 'registering') for update`;

/** Brings the households of the accepted lines up to date; they are in `household_due` until the transaction ends. */
export async function mergeHouseholds(run: RunStatement, batchId: string): Promise<void> {
  await run(CHOOSE);
  await run('analyze household_due');
  await run(MERGE, [batchId]);
}

/**
 * Makes the households of the accepted lines due for verification, in the run they are in while it is open, otherwise
 * in the next. Runs before their enrolments are touched: a claim
 * takes the two tables in this order, and whoever takes them the other way round would deadlock with it.
 */
export async function openHouseholdWork(run: RunStatement): Promise<void> {
  await run(HOLD_RUN);
  await run(OPEN_WORK);
}
