import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { RelationshipCode, Sex } from '../../domain/person.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';

/** One person of a closed run, as reports show them. */
export interface ReportRow {
  readonly householdId: string;
  readonly householdRef: string;
  readonly memberNumber: number;
  readonly fullName: string;
  readonly sex: Sex | null;
  readonly birthYear: number | null;
  readonly birthMonth: number | null;
  readonly birthDay: number | null;
  readonly relationship: RelationshipCode | null;
  readonly nationalId: string | null;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  readonly state: EnrolmentState;
  readonly reasons: readonly ReasonCode[];
  readonly registrationCode: string | null;
  readonly insurer: string | null;
  readonly coverStart: string | null;
  readonly coverEnd: string | null;
  readonly amountPaid: number | null;
  readonly subsidy: number | null;
}

const PAGE = 2_000;

/** The frozen people of a run, household by household and member by member, a page in memory at a time. */
export async function* reportRows(db: Executor, runId: string): AsyncGenerator<readonly ReportRow[]> {
  let after: Pick<ReportRow, 'householdId' | 'memberNumber'> = { householdId: '0', memberNumber: 0 };
  for (;;) {
    const { rows } = await sql<ReportRow>`
      select p.household_id as "householdId", h.ref as "householdRef", p.member_number as "memberNumber",
             p.full_name as "fullName", p.sex, p.birth_year as "birthYear", p.birth_month as "birthMonth",
             p.birth_day as "birthDay", p.relationship,
             p.national_id as "nationalId", h.region, h.departement, h.commune, rp.state, rp.reasons,
             rp.registration_code as "registrationCode", rp.insurer, rp.cover_start as "coverStart",
             rp.cover_end as "coverEnd", rp.amount_paid as "amountPaid", rp.subsidy
        from run_person rp
        join enrolment e on e.id = rp.enrolment_id
        join person p on p.id = e.person_id
        join household h on h.id = p.household_id
       where rp.run_id = ${runId}::bigint
         and (p.household_id, p.member_number) > (${after.householdId}::bigint, ${after.memberNumber}::int)
       order by p.household_id, p.member_number limit ${PAGE}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last;
  }
}

/** How many people of a run carry each reason. A person may carry several. */
export async function countReasons(db: Executor, runId: string): Promise<ReadonlyMap<ReasonCode, number>> {
  const { rows } = await sql<{ reason: ReasonCode; count: number }>`
    select reason, count(*)::int as count
      from run_person, unnest(reasons) as reason
     where run_id = ${runId}::bigint group by reason`.execute(db);
  return new Map(rows.map((row) => [row.reason, row.count]));
}
