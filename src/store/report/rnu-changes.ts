import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { KeptRow } from '../../domain/french/rnu-changes.ts';
import type { Executor } from '../database.ts';
import type { ReportedRun } from './person-rows.ts';

/** A line of the RNU before and after a batch replaced it; the household's where the batch replaced that as well. */
export interface RnuChange {
  readonly at: Date;
  readonly batch: string;
  readonly personBefore: KeptRow;
  readonly personAfter: KeptRow;
  readonly householdBefore: KeptRow | null;
  readonly householdAfter: KeptRow | null;
}

/** A change made by a batch of a run, and what the run made of the person. */
export interface ReportedChange extends RnuChange {
  readonly householdRef: string;
  readonly memberNumber: number;
  /** Latest outcome that a run froze by then. */
  readonly state: EnrolmentState | null;
  /** The run dealt with the person: an open enrolment was verified again with the new data. */
  readonly verifiedAgain: boolean;
}

const PAGE = 1_000;

const VERSIONS = sql`
  k.replaced_at as at, b.number as batch, k.content as "personBefore", to_jsonb(now_person) as "personAfter",
  was.content as "householdBefore",
  case when was.content is not null then to_jsonb(now_household) end as "householdAfter"`;

// The version that replaced a former one is the one in force right after it was replaced.
const FROM = sql`
  join batch b on b.id = k.replaced_by
  cross join lateral person_at(k.person_id, k.replaced_at) now_person
  left join lateral (
    select hh.content, hh.replaced_at from household_history hh
     where hh.household_id = now_person.household_id and hh.replaced_by = k.replaced_by
     order by hh.replaced_at limit 1) was on true
  left join lateral household_at(now_person.household_id, was.replaced_at) now_household on was.content is not null`;

/** How many people a run's batches changed. */
export async function countChanges(db: Executor, runId: string): Promise<number> {
  const { rows } = await sql<{ changed: number }>`
    select count(*)::int as changed from person_history k
     where k.content is not null
       and k.replaced_by in (select batch_id from run_batch where run_id = ${runId}::bigint)`.execute(db);
  return rows[0]?.changed ?? 0;
}

/** What a run's batches changed, in the order of households, a page in memory at a time. */
export async function* changesOf(db: Executor, { run }: ReportedRun): AsyncGenerator<readonly ReportedChange[]> {
  let after = { householdId: '0', memberNumber: 0, batchId: '0' };
  for (;;) {
    const { rows } = await sql<ReportedChange & typeof after>`
      with page as (
        select k.person_id, k.replaced_at, p.household_id, p.member_number, k.replaced_by
          from person_history k join person p on p.id = k.person_id
         where k.content is not null
           and k.replaced_by in (select batch_id from run_batch where run_id = ${run}::bigint)
           and (p.household_id, p.member_number, k.replaced_by)
               > (${after.householdId}::bigint, ${after.memberNumber}::int, ${after.batchId}::bigint)
         order by p.household_id, p.member_number, k.replaced_by limit ${PAGE})
      select page.household_id as "householdId", h.ref as "householdRef", page.member_number as "memberNumber",
             page.replaced_by as "batchId", f.state, coalesce(f.run_id = ${run}::bigint, false) as "verifiedAgain", ${VERSIONS}
        from page
        join household h on h.id = page.household_id
        join person_history k on k.person_id = page.person_id and k.replaced_at = page.replaced_at
        ${FROM}
        left join lateral (
          select rp.run_id, rp.state from run_person rp join enrolment e on e.id = rp.enrolment_id
           where e.person_id = page.person_id and rp.run_id <= ${run}::bigint order by rp.run_id desc limit 1) f on true
       order by page.household_id, page.member_number, page.replaced_by`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last;
  }
}

/** What batches have changed of one person, in order; up to an instant where one is given. */
export async function changesOfPerson(
  db: Executor,
  personId: string,
  until: Date | null,
): Promise<readonly RnuChange[]> {
  const end = until === null ? sql`'infinity'::timestamptz` : sql`${until.toISOString()}::timestamptz`;
  const { rows } = await sql<RnuChange>`
    select ${VERSIONS} from person_history k ${FROM}
     where k.person_id = ${personId}::bigint and k.content is not null and k.replaced_at < ${end}
     order by k.replaced_at`.execute(db);
  return rows;
}
