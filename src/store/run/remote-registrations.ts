/** What SIGICMU lists, kept while it is compared. */
import { sql } from 'kysely';
import type { ListedRegistration } from '../../domain/partners.ts';
import type { Executor } from '../database.ts';

/**
 * Sets down a page of what SIGICMU holds, in its order, after `before` rows of earlier pages. Returns how many of its
 * rows an earlier page had already, word for word: a page that repeats another, or a registration carried out twice.
 */
export async function noteRemotePage(
  db: Executor,
  runId: string,
  before: number,
  page: readonly ListedRegistration[],
): Promise<number> {
  const run = sql`${runId}::bigint`;
  const { rows } = await sql<{ known: number }>`
    with page as (
      select row_number() over () + ${before}::int as position, p.* from jsonb_to_recordset(${JSON.stringify(page)}::jsonb) as p(
        "businessKey" text, "personRef" text, "registrationCode" text, "amountPaid" int, subsidy int, "coverStart" date,
        "coverEnd" date, "familyName" text, "givenNames" text, insurer text, "holderCode" text)
    ), noted as (
      insert into remote_registration (run_id, position, business_key, person_ref, registration_code, amount_paid, subsidy,
                                       cover_start, cover_end, family_name, given_names, insurer, holder_code)
      select ${run}, position, "businessKey", "personRef", "registrationCode", "amountPaid", subsidy, "coverStart",
             "coverEnd", "familyName", "givenNames", insurer, "holderCode" from page
    )
    select count(*)::int as known from page
     where exists (select 1 from remote_registration r where r.run_id = ${run} and r.business_key = page."businessKey"
                      and r.registration_code = page."registrationCode" and r.cover_start = page."coverStart"
                      and r.cover_end = page."coverEnd" and r.amount_paid = page."amountPaid")`.execute(db);
  return rows[0]?.known ?? 0;
}

/** Forgets an earlier, interrupted reading. */
export async function forgetRemote(db: Executor, runId: string): Promise<void> {
  await db.deleteFrom('remote_registration').where('run_id', '=', runId).execute();
}
