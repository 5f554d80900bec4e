import { sql, type RawBuilder } from 'kysely';
import type { Executor } from '../database.ts';
import { goneAsOf } from './leavers.ts';
import type { ReportedRun } from './person-rows.ts';

/** A person whose cover ends soon, as of the day of a run. */
export interface RenewalDue {
  readonly householdRef: string;
  readonly memberNumber: number;
  readonly fullName: string;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  readonly registrationCode: string;
  readonly insurer: string;
  readonly coverEnd: string;
  readonly daysLeft: number;
  /**
   * Who takes it up: the night as the end comes near; the night has done so, in this campaign; only another campaign
   * can, since the cover is of this one; nobody before a person decides, since the RNU's list no longer names them.
   */
  readonly takenUp: 'by-the-night' | 'already' | 'next-campaign' | 'left-the-list';
}

/** Days ahead in which the agency plans renewals (30, 60, 90). */
export const RENEWAL_HORIZONS = [30, 60, 90] as const;

const PAGE = 2_000;

function takenUp({ run, campaign }: ReportedRun): RawBuilder<unknown> {
  return sql`
    case when exists (select 1 from rnu_leaving l where l.person_id = e.person_id and ${goneAsOf(run)}) then 'left-the-list'
         when g.campaign = ${campaign} then 'next-campaign'
         when exists (select 1 from enrolment own join run_person rp on rp.enrolment_id = own.id
                       where own.person_id = e.person_id and own.campaign = ${campaign}
                         and rp.run_id <= ${run}::bigint) then 'already'
         else 'by-the-night' end`;
}

/**
 * Covers registered by this programme that end within 90 days of the run, the soonest first, a page at a time. People
 * are shown as the latest run by then froze them: what the RNU sends later changes no list of an earlier run.
 */
export async function* renewalsDue(db: Executor, run: ReportedRun): AsyncGenerator<readonly RenewalDue[]> {
  let after = { coverEnd: '0001-01-01', key: '' };
  for (;;) {
    const { rows } = await sql<RenewalDue & { key: string }>`
      select frozen.household_ref as "householdRef", frozen.member_number as "memberNumber",
             frozen.full_name as "fullName", frozen.region, frozen.departement, frozen.commune, g.registration_code as "registrationCode", g.insurer,
             g.cover_end as "coverEnd", g.cover_end - ${run.runDate}::date as "daysLeft", ${takenUp(run)} as "takenUp", g.business_key as key
        from registration g
        join run reported on reported.id = ${run.run}::bigint
        join enrolment e on e.id = g.enrolment_id
        cross join lateral (
          select * from run_person f where f.enrolment_id = g.enrolment_id and f.run_id <= reported.id
           order by f.run_id desc limit 1) frozen
       where g.recorded_at <= reported.closed_at
         and g.cover_end between ${run.runDate}::date and ${run.runDate}::date + ${RENEWAL_HORIZONS[2]}::int
         and (g.cover_end, g.business_key) > (${after.coverEnd}::date, ${after.key})
         -- A cover that a later one of the same person follows needs no renewal.
         and not exists (select 1 from registration next join enrolment of_next on of_next.id = next.enrolment_id
                          where of_next.person_id = e.person_id and next.cover_end > g.cover_end
                            and next.recorded_at <= reported.closed_at)
       order by g.cover_end, g.business_key limit ${PAGE}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last;
  }
}
