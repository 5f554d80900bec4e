import { sql } from 'kysely';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';

const KEPT: ReasonCode[] = ['ENVOI_A_BLANC', 'PLAFOND_ATTEINT'];

/**
 * Writes down, for every person of a run, the outcome and all that reports show of them. Done again, it starts over.
 * The confirming registry is the DAF when a card was accepted: it is asked first, and a card outweighs a record.
 */
export async function freezePeople(trx: Executor, runId: string): Promise<void> {
  await trx.deleteFrom('run_person').where('run_id', '=', runId).execute();
  await sql`
    insert into run_person (
      run_id, enrolment_id, state, reasons, registration_code, insurer, cover_start, cover_end, amount_paid, subsidy,
      household_id, household_ref, person_ref, member_number, full_name, relationship, sex, birth_year, birth_month,
      birth_day, age, national_id_masked, has_national_id, civil_registration, region, departement, commune, milieu,
      cohort, confirmed_by, doubted_at)
    select e.run_id, e.id, e.state,
           -- A rehearsal and a reached cap leave people confirmed for a reason of their own.
           case when e.state = 'received' or (e.state = 'confirmed' and not e.reasons && ${KEPT}::text[])
                then array['NON_TRAITE'] else e.reasons end,
           e.registration_code, g.insurer, g.cover_start, g.cover_end, g.amount_paid, g.subsidy,
           p.household_id, h.ref, p.ref, p.member_number, p.full_name, p.relationship, p.sex, p.birth_year,
           p.birth_month, p.birth_day,
           extract(year from r.run_date)::int - p.birth_year
             - ((extract(month from r.run_date), extract(day from r.run_date))
                < (coalesce(p.birth_month, 12), coalesce(p.birth_day, 31)))::int,
           repeat('•', greatest(length(p.national_id) - 4, 0)) || right(p.national_id, 4),
           p.national_id is not null, p.civil_registration, h.region, h.departement, h.commune, h.milieu, h.cohort,
           case when e.identity is null then null
                when exists (select 1 from evidence v where v.enrolment_id = e.id and v.kind = 'id-card'
                                and v.records <> '[]'::jsonb) then 'id-card' else 'birth-record' end,
           doubt.first_at
      from enrolment e
      join run r on r.id = e.run_id
      join person p on p.id = e.person_id
      join household h on h.id = p.household_id
      left join registration g on g.enrolment_id = e.id
      left join lateral (
        select min(d.decided_at) as first_at from decision d
         where d.enrolment_id = e.id and d.to_state = 'needs-review') doubt on e.state = 'needs-review'
     where e.run_id = ${runId}::bigint`.execute(trx);
}
