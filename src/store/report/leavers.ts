import { sql, type RawBuilder } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';
import type { ReportedRun } from './person-rows.ts';

/** Somebody known who was no longer on the RNU's latest full list, as of a run. */
export interface Leaver {
  readonly householdRef: string;
  readonly memberNumber: number;
  readonly fullName: string;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  /** Latest outcome that a run froze; null where none has dealt with the person. */
  readonly state: EnrolmentState | null;
  readonly registrationCode: string | null;
  readonly insurer: string | null;
  readonly coverEnd: string | null;
  /** Number of the full list that no longer names the person, and the day it came in. */
  readonly list: string;
  readonly listedOn: string;
  /** The list came in with this run. */
  readonly fromThisRun: boolean;
  /** An unreadable line of that list names the household. */
  readonly uncertain: boolean;
}

/** How many leavers there are as of a run, and how many of them its own batches made. */
export interface LeaverCounts {
  readonly leavers: number;
  readonly newLeavers: number;
}

const PAGE = 2_000;

/** Batches a run or an earlier one took in; a rehearsal's count for itself alone. */
function batchesUpTo(runId: string): RawBuilder<unknown> {
  return sql`
    select rb.batch_id from run_batch rb
     where rb.run_id <= ${runId}::bigint and (not rb.shadow or rb.run_id = ${runId}::bigint)`;
}

/** Whether `l` had left as of a run and was not back by then. Asked later, it says the same. */
export function goneAsOf(runId: string): RawBuilder<unknown> {
  const batches = batchesUpTo(runId);
  return sql`
    l.left_batch_id in (${batches}) and (l.returned_batch_id is null or l.returned_batch_id not in (${batches}))`;
}

function ofThisRun(runId: string): RawBuilder<unknown> {
  return sql`l.left_batch_id in (select batch_id from run_batch where run_id = ${runId}::bigint)`;
}

/** Counts them. */
export async function countLeavers(db: Executor, runId: string): Promise<LeaverCounts> {
  const { rows } = await sql<LeaverCounts>`
    select count(*)::int as leavers, (count(*) filter (where ${ofThisRun(runId)}))::int as "newLeavers"
      from rnu_leaving l where ${goneAsOf(runId)}`.execute(db);
  return rows[0] ?? { leavers: 0, newLeavers: 0 };
}

/** Lists them in the order of their households, a page in memory at a time, as the latest run by then froze them. */
export async function* leaversOf(db: Executor, { run, timeZone }: ReportedRun): AsyncGenerator<readonly Leaver[]> {
  let after = { householdId: '0', memberNumber: 0 };
  for (;;) {
    const { rows } = await sql<Leaver & { householdId: string }>`
      select p.household_id as "householdId", h.ref as "householdRef", p.member_number as "memberNumber",
             coalesce(f.full_name, p.full_name) as "fullName", coalesce(f.region, h.region) as region,
             coalesce(f.departement, h.departement) as departement, coalesce(f.commune, h.commune) as commune, f.state,
             f.registration_code as "registrationCode", f.insurer, f.cover_end as "coverEnd", b.number as list,
             (b.imported_at at time zone ${timeZone})::date as "listedOn", ${ofThisRun(run)} as "fromThisRun",
             l.uncertain
        from rnu_leaving l
        join person p on p.id = l.person_id
        join household h on h.id = p.household_id
        join batch b on b.id = l.left_batch_id
        left join lateral (
          select rp.* from run_person rp join enrolment e on e.id = rp.enrolment_id
           where e.person_id = p.id and rp.run_id <= ${run}::bigint order by rp.run_id desc limit 1) f on true
       where ${goneAsOf(run)}
         and (p.household_id, p.member_number) > (${after.householdId}::bigint, ${after.memberNumber}::int)
       order by p.household_id, p.member_number limit ${PAGE}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last;
  }
}
