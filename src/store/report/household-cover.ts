import { sql } from 'kysely';
import { COVERED_STATES } from '../../domain/enrolment-state.ts';
import type { Executor } from '../database.ts';

/** How far a household's cover has come. Discarded members are not counted: they are dead, double or elsewhere. */
export interface HouseholdCover {
  readonly householdId: string;
  readonly householdRef: string;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  readonly living: number;
  readonly covered: number;
  readonly toReview: number;
}

const PAGE = 2_000;
const DISCARDED = sql.raw(`'discarded-duplicate', 'discarded-deceased', 'out-of-scope'`);

/**
 * The households a closed run dealt with, a page in memory at a time. A member whom an earlier run brought to an end
 * counts as that run froze it, and one whom staff discarded since as discarded.
 */
export async function* householdCovers(db: Executor, runId: string): AsyncGenerator<readonly HouseholdCover[]> {
  const covered = sql.join(COVERED_STATES.map((state) => sql.lit(state)));
  let after = '0';
  for (;;) {
    const { rows } = await sql<HouseholdCover>`
      with page as (
        select distinct household_id from run_person
         where run_id = ${runId}::bigint and household_id > ${after}::bigint order by household_id limit ${PAGE}
      ), member as (
        select distinct on (rp.enrolment_id) rp.household_id, rp.household_ref, rp.region, rp.departement, rp.commune,
               coalesce(discarded.to_state, rp.state) as state
          from run_person rp
          join run own on own.id = rp.run_id
          join run reported on reported.id = ${runId}::bigint
          left join lateral (
            select d.to_state from decision d
             where rp.state = 'needs-review' and d.enrolment_id = rp.enrolment_id and d.from_state = 'needs-review'
               and d.to_state in (${DISCARDED}) and d.decided_at > own.closed_at and d.decided_at <= reported.closed_at
             order by d.id desc limit 1) discarded on true
         where rp.household_id in (select household_id from page) and rp.run_id <= reported.id
           and own.campaign = reported.campaign
         order by rp.enrolment_id, rp.run_id desc)
      select household_id as "householdId", max(household_ref) as "householdRef", max(region) as region,
             max(departement) as departement, max(commune) as commune,
             (count(*) filter (where state not in (${DISCARDED})))::int as living,
             (count(*) filter (where state in (${covered})))::int as covered,
             (count(*) filter (where state = 'needs-review'))::int as "toReview"
        from member group by household_id order by household_id`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.householdId;
  }
}
