import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';

/** A household and where each of its members stands in the latest campaign. Holds personal data. */
export interface HouseholdMembers {
  readonly householdRef: string;
  readonly commune: string;
  readonly departement: string;
  readonly members: readonly {
    readonly personId: string;
    readonly ref: string;
    readonly fullName: string;
    /** Null for somebody who has no enrolment. */
    readonly state: EnrolmentState | null;
    readonly reasons: readonly ReasonCode[];
    readonly registrationCode: string | null;
  }[];
}

/** Lists the members of a household by their number. */
export async function householdMembers(db: Executor, householdId: string): Promise<HouseholdMembers> {
  const household = await db
    .selectFrom('household')
    .select(['ref as householdRef', 'commune', 'departement'])
    .where('id', '=', householdId)
    .executeTakeFirstOrThrow();
  const { rows } = await sql<HouseholdMembers['members'][number]>`
    select p.id as "personId", p.ref, p.full_name as "fullName", e.state, coalesce(e.reasons, '{}') as reasons,
           e.registration_code as "registrationCode"
      from person p
      left join lateral (
        select state, reasons, registration_code from enrolment where person_id = p.id order by id desc limit 1) e on true
     where p.household_id = ${householdId}::bigint order by p.member_number`.execute(db);
  return { ...household, members: rows };
}
