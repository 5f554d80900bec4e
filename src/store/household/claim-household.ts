import { sql, type RawBuilder } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import { partialDate, aboutYear } from '../../domain/partial-date.ts';
import type { CivilRegistration, Household, HouseholdMember, RelationshipCode, Sex } from '../../domain/person.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';
import { grouped, VISITS_AT_ONCE } from '../grouped.ts';

/** The two kinds of work a household may wait for. */
export type Step = 'verify' | 'register';

/** The column of `household_work` that tells when a step is due. */
export function dueColumn(step: Step): RawBuilder<Date> {
  return sql.ref(step === 'verify' ? 'verify_due' : 'register_due');
}

/** Names and numbers as the registry that confirmed a person writes them. */
export interface ConfirmedIdentity {
  readonly familyName: string;
  readonly givenNames: string;
  readonly nationalId: string | null;
  readonly birthRecordKey: string | null;
  readonly sex: Sex | null;
  /** `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`. */
  readonly birth: string;
}

/** A member with the state of their enrolment at the moment of the claim. */
export interface ClaimedMember extends HouseholdMember {
  readonly enrolmentId: string;
  readonly personId: string;
  readonly contentHash: string;
  readonly state: EnrolmentState;
  readonly step: Step | 'none';
  readonly sends: number;
  /** Time since the last registration left, by the database's clock; null when none did. */
  readonly sentMsAgo: number | null;
  readonly unknownForMs: number | null;
  /** False while a deferred member's own pause lasts. */
  readonly due: boolean;
  readonly tries: number;
  readonly identity: ConfirmedIdentity | null;
  readonly renews: string | null;
  readonly registrationCode: string | null;
  readonly reasons: readonly ReasonCode[];
  /** How the last registration was sent; null when none was. */
  readonly sentInsurer: string | null;
  readonly sentAsHolder: boolean | null;
}

/** A household under lease. Whoever holds `fence` may write; a later claim takes that right away. */
export interface ClaimedHousehold extends Household {
  readonly householdId: string;
  readonly runId: string;
  readonly campaign: string;
  /** The run is a rehearsal: nobody may be registered. */
  readonly shadow: boolean;
  readonly fence: string;
  readonly members: readonly ClaimedMember[];
}

export interface ClaimOptions {
  readonly householdId: string;
  readonly step: Step;
  readonly owner: string;
  readonly leaseMs: number;
}

/** Run states in which a step may work. Nobody is registered before all of a run are verified, nor in a stopped run. */
const PHASES: Readonly<Record<Step, string[]>> = { verify: ['verifying', 'registering'], register: ['registering'] };

interface ClaimRow {
  householdId: string;
  runId: string;
  campaign: string;
  shadow: boolean;
  fence: string;
  ref: string;
  refKey: string;
  region: string;
  departement: string;
  commune: string;
  address: string | null;
  phone: string | null;
  headFather: string | null;
  headMother: string | null;
  grantManager: number | null;
  deputyGrantManager: number | null;
  enrolmentId: string;
  personId: string;
  personRef: string;
  contentHash: string;
  memberNumber: number;
  fullName: string;
  nickname: string | null;
  relationship: RelationshipCode | null;
  sex: Sex | null;
  birthYear: number | null;
  birthMonth: number | null;
  birthDay: number | null;
  birthPrecision: string;
  nationalId: string | null;
  civilRegistration: CivilRegistration;
  birthExtractNumber: string | null;
  fatherNumber: number | null;
  motherNumber: number | null;
  state: EnrolmentState;
  memberStep: Step | 'none';
  sends: number;
  sentMsAgo: number | null;
  unknownForMs: number | null;
  due: boolean;
  tries: number;
  identity: ConfirmedIdentity | null;
  renews: string | null;
  registrationCode: string | null;
  reasons: ReasonCode[];
  sentInsurer: string | null;
  sentAsHolder: boolean | null;
}

/**
 * Takes a household for one step: lease, new fence, and the fence copied into every member row that still has work,
 * where each later UPDATE compares it. Null when it is not due, finished, or somebody else's; that is not an error.
 */
export const claimHousehold: (db: Executor, options: ClaimOptions) => Promise<ClaimedHousehold | null> = grouped(
  claimAll,
  { most: VISITS_AT_ONCE, kindOf: ({ step, owner, leaseMs }) => `${step} ${leaseMs} ${owner}` },
);

async function claimAll(db: Executor, asked: readonly ClaimOptions[]): Promise<readonly (ClaimedHousehold | null)[]> {
  const [first] = asked;
  if (first === undefined) return [];
  const rows = await claimedRows(db, first, [...new Set(asked.map(({ householdId }) => householdId))]);
  const households = new Map<string, ClaimRow[]>();
  for (const row of rows) households.set(row.householdId, [...(households.get(row.householdId) ?? []), row]);
  return asked.map(({ householdId }) => {
    const own = households.get(householdId);
    // Asked for twice in one statement it is given once.
    households.delete(householdId);
    return own?.[0] === undefined ? null : toHousehold(own[0], own);
  });
}

async function claimedRows(
  db: Executor,
  { step, owner, leaseMs }: Omit<ClaimOptions, 'householdId'>,
  householdIds: readonly string[],
): Promise<readonly ClaimRow[]> {
  const { rows } = await sql<ClaimRow>`
    with work as (
      update household_work w
         set fence = w.fence + 1, owner = ${owner},
             lease_until = now() + ${leaseMs}::int * interval '1 millisecond'
        from run r
       where w.household_id = any(${householdIds}::bigint[]) and w.finished_at is null and r.id = w.run_id
         and (w.lease_until is null or w.lease_until < now()) and ${dueColumn(step)} <= now()
         and r.state = any(${PHASES[step]}::text[])
      returning w.household_id, w.run_id, w.fence, r.campaign, r.shadow
    ), fenced as (
      update enrolment e set fence = work.fence from work
       where e.household_id = work.household_id and e.campaign = work.campaign and e.step <> 'none'
    )
    select work.household_id as "householdId", work.run_id as "runId", work.campaign, work.shadow, work.fence,
           h.ref, h.ref_key as "refKey", h.region, h.departement, h.commune, h.address, h.phone,
           h.head_father as "headFather", h.head_mother as "headMother",
           h.grant_manager as "grantManager", h.deputy_grant_manager as "deputyGrantManager",
           e.id as "enrolmentId", p.id as "personId", p.ref as "personRef", encode(p.content_hash, 'hex') as "contentHash",
           p.member_number as "memberNumber", p.full_name as "fullName", p.nickname, p.relationship, p.sex,
           p.birth_year as "birthYear", p.birth_month as "birthMonth", p.birth_day as "birthDay",
           p.birth_precision as "birthPrecision", p.national_id as "nationalId",
           p.civil_registration as "civilRegistration", p.birth_extract_number as "birthExtractNumber",
           p.father_number as "fatherNumber", p.mother_number as "motherNumber",
           e.state, e.step as "memberStep", e.sends, e.tries, e.identity, e.renews, e.reasons,
           e.sent_insurer as "sentInsurer", e.sent_as_holder as "sentAsHolder",
           e.registration_code as "registrationCode",
           (extract(epoch from now() - e.sent_at) * 1000)::float8 as "sentMsAgo",
           (extract(epoch from now() - e.unknown_since) * 1000)::float8 as "unknownForMs",
           (e.not_before is null or e.not_before <= now()) as due
      from work
      join household h on h.id = work.household_id
      join enrolment e on e.household_id = work.household_id and e.campaign = work.campaign
      join person p on p.id = e.person_id
     order by p.member_number`.execute(db);
  return rows;
}

function toHousehold(first: ClaimRow, rows: readonly ClaimRow[]): ClaimedHousehold {
  const nameOf = (number: number | null): string | null =>
    rows.find((row) => row.memberNumber === number)?.fullName ?? null;
  return {
    householdId: first.householdId,
    runId: first.runId,
    campaign: first.campaign,
    shadow: first.shadow,
    fence: first.fence,
    ref: first.ref,
    refKey: first.refKey,
    region: first.region,
    departement: first.departement,
    commune: first.commune,
    address: first.address,
    phone: first.phone,
    grantManager: first.grantManager,
    deputyGrantManager: first.deputyGrantManager,
    members: rows.map((row) => toMember(row, nameOf)),
  };
}

function toMember(row: ClaimRow, nameOf: (number: number | null) => string | null): ClaimedMember {
  const isHead = row.relationship === 1;
  return {
    ...row,
    ref: row.personRef,
    step: row.memberStep,
    birth:
      row.birthPrecision === 'about' && row.birthYear !== null
        ? aboutYear(row.birthYear)
        : partialDate(row.birthYear, row.birthMonth, row.birthDay),
    // The form asks for the head's parents by name, and for everybody else's by their line in the household.
    fatherName: nameOf(row.fatherNumber) ?? (isHead ? row.headFather : null),
    motherName: nameOf(row.motherNumber) ?? (isHead ? row.headMother : null),
  };
}
