/** The comparison of three lists: the RNU as received, our registrations, and what SIGICMU lists. */
import { sql } from 'kysely';
import { DIFFERENCE_KINDS, type DifferenceCounts, type DifferenceKind } from '../../domain/differences.ts';
import type { Executor } from '../database.ts';

export interface Comparison {
  readonly runId: string;
  readonly campaign: string;
  /** What the RNU writes for a household that has left the programme, in capitals. */
  readonly exitStatuses: readonly string[];
}

/**
 * Names every difference, each once per person and kind, with what either side says. A registration that SIGICMU holds
 * for somebody whose outcome is unknown here is not a difference but an answer on its way: the settling of unknown
 * outcomes will find it. One statement over sets, so that memory does not grow with the country.
 */
export async function compareRegistrations(db: Executor, comparison: Comparison): Promise<void> {
  const { runId, campaign } = comparison;
  await db.deleteFrom('reconciliation_difference').where('run_id', '=', runId).execute();
  await sql`
    with here as materialized (select * from registration where campaign = ${campaign}),
         there as materialized (select * from remote_registration where run_id = ${runId}::bigint),
         known as materialized (
           -- Everybody SIGICMU lists, with what is known of them here.
           select there.business_key, there.person_ref, there.registration_code, p.id as person_id, e.state, e.reasons,
                  upper(h.pnbsf_status) = any(${[...comparison.exitStatuses]}::text[]) as has_left
             from there left join person p on p.ref = there.person_ref
             left join household h on h.id = p.household_id
             left join enrolment e on e.person_id = p.id and e.campaign = ${campaign}),
         family as materialized (
           -- The one policy holder of a household; looked up once for all, not once for each of the country's people.
           select e.household_id, min(holder.registration_code) as code
             from here holder join enrolment e on e.id = holder.enrolment_id
            where holder.policy_holder group by 1 having count(*) = 1)
    insert into reconciliation_difference (run_id, kind, business_key, person_ref, detail)
    select ${runId}::bigint, kind, business_key, person_ref, jsonb_build_object('here', here, 'there', there)
      from (${oneSided(campaign)} union all ${heldAgainst()} union all ${differing()}) found
    on conflict do nothing`.execute(db);
}

type Part = ReturnType<typeof sql>;

function oneSided(campaign: string): Part {
  return sql`
    select 'only-here' as kind, business_key, person_ref, registration_code as here, null as there
      from here where not exists (select 1 from there where there.business_key = here.business_key)
    union all
    select case when person_id is null then 'unknown-to-rnu' else 'only-there' end, business_key, person_ref, null,
           registration_code
      from known where coalesce(state, '') not in ('sending', 'outcome-unknown')
                   and not exists (select 1 from here where here.business_key = known.business_key)
    union all
    select 'twice', business_key, min(person_ref), (select registration_code from here where here.business_key = there.business_key),
           string_agg(registration_code, ', ' order by position)
      from there group by business_key having count(*) > 1
    union all
    select 'only-rnu', ${campaign} || ':' || p.ref, p.ref, null, null
      from person p where not exists (select 1 from enrolment e where e.person_id = p.id and e.campaign = ${campaign})
                      and not exists (select 1 from there where there.person_ref = p.ref)`;
}

function heldAgainst(): Part {
  return sql`
    select 'deceased-covered', business_key, person_ref, state, registration_code from known
     where state = 'discarded-deceased' or (state = 'needs-review' and 'DECES_SIGNALE' = any(reasons))
    union all
    select 'discarded-covered', business_key, person_ref, state, registration_code from known
     where state in ('discarded-duplicate', 'out-of-scope')
    union all
    select 'left-rnu', business_key, person_ref, state, registration_code from known where has_left
    union all
    select 'amount-not-zero', business_key, person_ref, min(here), min(there) from (
      select business_key, person_ref, amount_paid::text as here, null as there from here where amount_paid <> 0
      union all
      select business_key, person_ref, null, amount_paid::text from there where amount_paid <> 0) charged
     group by business_key, person_ref`;
}

/** What both sides hold and tell differently. Words are compared without regard to capitals and doubled spaces. */
function differing(): Part {
  const plain = (expression: Part): Part => sql`upper(regexp_replace(trim(${expression}), '\\s+', ' ', 'g'))`;
  const ours = sql`concat(e.identity->>'givenNames', ' ', e.identity->>'familyName')`;
  const theirs = sql`concat(t.given_names, ' ', t.family_name)`;
  return sql`
    select d.kind, h.business_key, h.person_ref, d.here, d.there
      from here h
      join there t using (business_key)
      join enrolment e on e.id = h.enrolment_id
      left join family on family.household_id = e.household_id and not h.policy_holder
      cross join lateral (values
        ('code-differs', h.registration_code, t.registration_code),
        ('cover-differs', h.cover_start || '/' || h.cover_end, t.cover_start || '/' || t.cover_end),
        ('subsidy-differs', h.subsidy::text, t.subsidy::text),
        ('names-differ', case when e.identity is not null then ${plain(ours)} end,
                         case when t.family_name is not null then ${plain(theirs)} end),
        ('insurer-differs', h.insurer, t.insurer),
        ('holder-differs', family.code, t.holder_code)) as d(kind, here, there)
     -- What one side does not tell is no difference.
     where d.here <> d.there`;
}

/** Records that the list itself could not be trusted: what was read, and what the insurer had announced. */
export async function noteDoubtfulReading(
  db: Executor,
  { runId, campaign }: Comparison,
  reading: { readonly read: number; readonly stated: number | null },
): Promise<void> {
  await db
    .insertInto('reconciliation_difference')
    .values({
      run_id: runId,
      kind: 'read-back-doubtful',
      business_key: campaign,
      person_ref: '',
      detail: JSON.stringify({
        here: String(reading.read),
        there: reading.stated === null ? null : String(reading.stated),
      }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** How many differences of each kind a run has. */
export async function countDifferences(db: Executor, runId: string): Promise<DifferenceCounts> {
  const { rows } = await sql<{ kind: DifferenceKind; count: number }>`
    select kind, count(*)::int as count from reconciliation_difference
     where run_id = ${runId}::bigint group by kind`.execute(db);
  const counted = new Map(rows.map(({ kind, count }) => [kind, count]));
  return Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, counted.get(kind) ?? 0])) as DifferenceCounts;
}
