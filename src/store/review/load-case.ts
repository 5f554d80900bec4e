import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import { aboutYear, partialDate, type DatePrecision, type PartialDate } from '../../domain/partial-date.ts';
import type { CivilRegistration, Household, HouseholdMember, RelationshipCode } from '../../domain/person.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';
import { linesOfPeople } from '../duplicates/rnu-line.ts';
import type { ConfirmedIdentity, Step } from '../household/claim-household.ts';
import type { LookUpKind } from '../schema.ts';
import { sharingPeople, type SharingPerson } from './sharing-people.ts';

/** What a registry answered, in the verification that led to the present state. */
export interface CaseEvidence {
  readonly kind: LookUpKind;
  readonly messageId: string;
  readonly learnedAt: Date;
  readonly records: readonly unknown[];
}

/** A decision about the person, by the machine or by somebody. */
export interface PastDecision {
  readonly id: string;
  readonly decidedAt: Date;
  readonly from: EnrolmentState;
  readonly to: EnrolmentState;
  readonly reasons: readonly ReasonCode[];
  readonly ruleVersion: string;
  readonly decidedBy: string;
  readonly because: string | null;
  readonly certificate: readonly unknown[];
}

/** Another member of the household, as far as they matter for a policy holder. */
export interface CaseMember {
  readonly ref: string;
  readonly memberNumber: number;
  readonly fullName: string;
  readonly isHead: boolean;
  readonly birth: PartialDate;
  readonly identity: ConfirmedIdentity | null;
  readonly state: EnrolmentState;
  readonly step: Step | 'none';
  readonly reasons: readonly ReasonCode[];
  readonly registrationCode: string | null;
  readonly staffWaits: boolean;
}

/** Everything known of one person who waits, or waited, for a decision. */
export interface StoredCase {
  readonly id: string;
  readonly personId: string;
  readonly campaign: string;
  readonly runId: string | null;
  readonly state: EnrolmentState;
  readonly fence: string;
  readonly sends: number;
  /** Insurer of the last registration that left; null when none did. */
  readonly sentInsurer: string | null;
  readonly contentHash: string;
  readonly reasons: readonly ReasonCode[];
  readonly identity: ConfirmedIdentity | null;
  readonly member: HouseholdMember;
  readonly household: Household;
  readonly others: readonly CaseMember[];
  readonly evidence: readonly CaseEvidence[];
  /** Latest last. */
  readonly decisions: readonly PastDecision[];
  readonly sharing: readonly SharingPerson[];
}

type HeadRow = Pick<
  StoredCase,
  'id' | 'personId' | 'campaign' | 'runId' | 'state' | 'fence' | 'sends' | 'sentInsurer' | 'reasons' | 'identity'
> & {
  readonly householdId: string;
  readonly memberNumber: number;
  readonly relationship: RelationshipCode | null;
  readonly civilRegistration: CivilRegistration;
  readonly household: Household;
};

/** By the enrolment's id, or the RNU reference of the person. Null when nobody of this campaign is meant. */
export async function loadCase(db: Executor, idOrRef: string, campaign: string): Promise<StoredCase | null> {
  const wanted = /^\d{1,18}$/.test(idOrRef) ? sql`e.id = ${idOrRef}::bigint` : sql`p.ref = ${idOrRef}`;
  const { rows } = await sql<HeadRow>`
    select e.id, e.person_id as "personId", e.household_id as "householdId", e.campaign, e.run_id as "runId", e.state,
           e.fence, e.sends, e.sent_insurer as "sentInsurer", e.reasons, e.identity, p.member_number as "memberNumber", p.relationship,
           p.civil_registration as "civilRegistration",
           jsonb_build_object('ref', h.ref, 'refKey', h.ref_key, 'region', h.region, 'departement', h.departement,
             'commune', h.commune, 'address', h.address, 'phone', h.phone, 'grantManager', h.grant_manager,
             'deputyGrantManager', h.deputy_grant_manager) as household
      from enrolment e join person p on p.id = e.person_id join household h on h.id = e.household_id
     where ${wanted} and e.campaign = ${campaign}`.execute(db);
  const head = rows[0];
  const [line] = head ? await linesOfPeople(db, [head.personId]) : [];
  if (!head || !line) return null;
  const { memberNumber, relationship, civilRegistration, householdId, ...rest } = head;
  return {
    ...rest,
    contentHash: line.contentHash,
    member: { ...line, memberNumber, relationship, civilRegistration },
    others: await otherMembers(db, householdId, rest),
    evidence: await evidenceOf(db, rest.id),
    decisions: await decisionsOf(db, rest.id),
    sharing: await sharingPeople(db, rest.id),
  };
}

type MemberRow = Omit<CaseMember, 'birth'> & {
  readonly birthYear: number | null;
  readonly birthMonth: number | null;
  readonly birthDay: number | null;
  readonly birthPrecision: DatePrecision;
};

async function otherMembers(
  db: Executor,
  householdId: string,
  { id, campaign }: Pick<StoredCase, 'id' | 'campaign'>,
): Promise<readonly CaseMember[]> {
  const { rows } = await sql<MemberRow>`
    select p.ref, p.member_number as "memberNumber", p.full_name as "fullName", coalesce(p.relationship = 1, false) as "isHead",
           p.birth_year as "birthYear", p.birth_month as "birthMonth", p.birth_day as "birthDay",
           p.birth_precision as "birthPrecision", e.identity, e.state, e.step, e.reasons,
           e.registration_code as "registrationCode", e.staff_since is not null as "staffWaits"
      from enrolment e join person p on p.id = e.person_id
     where e.household_id = ${householdId}::bigint and e.campaign = ${campaign} and e.id <> ${id}::bigint
     order by p.member_number`.execute(db);
  return rows.map(({ birthYear, birthMonth, birthDay, birthPrecision, ...row }) => ({
    ...row,
    birth:
      birthPrecision === 'about' && birthYear !== null
        ? aboutYear(birthYear)
        : partialDate(birthYear, birthMonth, birthDay),
  }));
}

/** Answers of the run that verified the person last, for the data the RNU shows now. */
async function evidenceOf(db: Executor, enrolmentId: string): Promise<readonly CaseEvidence[]> {
  const { rows } = await sql<CaseEvidence>`
    select distinct on (v.kind) v.kind, v.message_id as "messageId", v.learned_at as "learnedAt", v.records
      from evidence v
      join enrolment e on e.id = v.enrolment_id
      join person p on p.id = e.person_id and p.content_hash = v.content_hash
     where v.enrolment_id = ${enrolmentId}::bigint
       and v.run_id = (select max(run_id) from evidence where enrolment_id = ${enrolmentId}::bigint)
     order by v.kind, v.id desc`.execute(db);
  return rows;
}

async function decisionsOf(db: Executor, enrolmentId: string): Promise<readonly PastDecision[]> {
  const { rows } = await sql<PastDecision>`
    select id, decided_at as "decidedAt", from_state as "from", to_state as "to", reasons,
           rule_version as "ruleVersion", decided_by as "decidedBy", because, certificate
      from decision where enrolment_id = ${enrolmentId}::bigint order by id`.execute(db);
  return rows;
}
