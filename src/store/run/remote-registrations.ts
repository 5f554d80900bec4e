import { sql } from 'kysely';
import type { Registration } from '../../domain/partners.ts';
import type { Executor } from '../database.ts';

/** Sets down a page of what SIGICMU holds. Reading a page twice changes nothing. */
export async function noteRemotePage(db: Executor, runId: string, page: readonly Registration[]): Promise<void> {
  await sql`
    insert into remote_registration (run_id, business_key, registration_code, amount_paid, cover_end)
    select ${runId}::bigint, "businessKey", "registrationCode", "amountPaid", "coverEnd"
      from jsonb_to_recordset(${JSON.stringify(page)}::jsonb) as p(
        "businessKey" text, "registrationCode" text, "amountPaid" int, "coverEnd" date)
    on conflict do nothing`.execute(db);
}

/** Forgets an earlier, interrupted reading. */
export async function forgetRemote(db: Executor, runId: string): Promise<void> {
  await db.deleteFrom('remote_registration').where('run_id', '=', runId).execute();
}

/**
 * Lists what is on one side only, what SIGICMU holds twice, what differs, and every amount that is not zero. A registration that SIGICMU holds
 * for somebody whose outcome is unknown here is not a difference but an answer on its way: the settling of unknown
 * outcomes will find it.
 */
export async function compareRegistrations(db: Executor, runId: string, campaign: string): Promise<void> {
  await db.deleteFrom('reconciliation_difference').where('run_id', '=', runId).execute();
  await sql`
    with here as (select * from registration where campaign = ${campaign}),
         there as (select * from remote_registration where run_id = ${runId}::bigint),
         waiting as (
           select e.campaign || ':' || p.ref as business_key from enrolment e join person p on p.id = e.person_id
            where e.campaign = ${campaign} and e.state in ('sending', 'outcome-unknown'))
    insert into reconciliation_difference (run_id, kind, business_key, detail)
    select ${runId}::bigint, 'only-here', business_key, jsonb_build_object('registrationCode', registration_code)
      from here where not exists (select 1 from there where there.business_key = here.business_key)
    union all
    select ${runId}::bigint, 'only-there', business_key, jsonb_build_object('registrationCode', registration_code)
      from there where not exists (select 1 from here where here.business_key = there.business_key)
                   and not exists (select 1 from waiting where waiting.business_key = there.business_key)
    union all
    select ${runId}::bigint, 'twice', business_key, jsonb_build_object('registrationCodes', jsonb_agg(registration_code))
      from there group by business_key having count(*) > 1
    union all
    select ${runId}::bigint, 'differs', here.business_key,
           jsonb_build_object('here', here.registration_code, 'there', there.registration_code,
                              'coverEndHere', here.cover_end, 'coverEndThere', there.cover_end)
      from here join there using (business_key)
     where here.registration_code <> there.registration_code or here.cover_end <> there.cover_end
    union all
    select ${runId}::bigint, 'amount-not-zero', business_key, jsonb_build_object('amountPaid', amount_paid)
      from (select business_key, amount_paid from there union select business_key, amount_paid from here) every
     where amount_paid <> 0
    on conflict do nothing`.execute(db);
}

export interface DifferenceCounts {
  readonly onlyHere: number;
  readonly onlyThere: number;
  readonly twice: number;
  readonly differs: number;
  readonly amountNotZero: number;
}

/** How many differences of each kind a run has. */
export async function countDifferences(db: Executor, runId: string): Promise<DifferenceCounts> {
  const { rows } = await sql<{ kind: string; count: number }>`
    select kind, count(*)::int as count from reconciliation_difference
     where run_id = ${runId}::bigint group by kind`.execute(db);
  const of = (kind: string): number => rows.find((row) => row.kind === kind)?.count ?? 0;
  return {
    onlyHere: of('only-here'),
    onlyThere: of('only-there'),
    twice: of('twice'),
    differs: of('differs'),
    amountNotZero: of('amount-not-zero'),
  };
}
