import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Whose cover a run takes up again. */
export interface RenewalOrder {
  readonly campaign: string;
  /** Civil day of the run. */
  readonly runDate: string;
  /** Days before its end from which a cover is renewed; 0: once it has ended. */
  readonly leadDays: number;
}

/** What ended longer ago is left to the RNU: a machine does not bring back who has been without cover for a season. */
const LONGEST_GONE_DAYS = 90;

/**
 * Opens an enrolment in this campaign for people whose last cover, registered by an earlier campaign, ends soon or has
 * just ended; they are verified like everybody else. Not for those who have left the RNU's list: a person decides about
 * them. Inside the transaction that starts a run, before it takes in what is due. Returns how many.
 */
export async function takeUpRenewals(trx: Executor, { campaign, runDate, leadDays }: RenewalOrder): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    with covered as (
      select distinct on (e.person_id) e.person_id, e.household_id, g.campaign, g.cover_end
        from registration g join enrolment e on e.id = g.enrolment_id
       order by e.person_id, g.cover_end desc, g.business_key
    ), due as (
      select c.person_id, c.household_id from covered c
       where c.campaign <> ${campaign}
         and c.cover_end >= ${runDate}::date - ${LONGEST_GONE_DAYS}::int
         and c.cover_end < ${runDate}::date + ${leadDays}::int
         and not exists (select 1 from enrolment n where n.person_id = c.person_id and n.campaign = ${campaign})
         and not exists (select 1 from rnu_leaving l where l.person_id = c.person_id and l.returned_batch_id is null)
    ), work as (
      insert into household_work (household_id, verify_due) select distinct household_id, now() from due
      on conflict (household_id) do update set
        fence = household_work.fence + 1, verify_due = least(household_work.verify_due, excluded.verify_due),
        finished_at = null, run_id = null
    ), opened as (
      insert into enrolment (household_id, person_id, campaign)
      select household_id, person_id, ${campaign} from due returning 1
    )
    select count(*)::int as people from opened`.execute(trx);
  return rows[0]?.people ?? 0;
}
