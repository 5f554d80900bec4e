import { sql } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import { aboutYear, partialDate, type DatePrecision } from '../../domain/partial-date.ts';
import type { HouseholdMember } from '../../domain/person.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';
import type { LookUpKind } from '../schema.ts';

/** The latest verification of a person in a run, with all it rested on, as it was then. Holds personal data. */
export interface RecordedVerification {
  readonly enrolmentId: string;
  readonly member: HouseholdMember;
  readonly refKey: string;
  readonly commune: string;
  /** Of the line as it was found again, hexadecimal; other than the facts' own when the line cannot be had any more. */
  readonly contentHash: string;
  readonly to: EnrolmentState;
  readonly reasons: readonly ReasonCode[];
  readonly certificate: readonly unknown[];
  /** A named person has decided since: no rule changes that. */
  readonly decidedSince: boolean;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly evidence: Readonly<Partial<Record<LookUpKind, readonly unknown[]>>>;
}

interface Row extends Omit<RecordedVerification, 'member' | 'evidence'>, Omit<HouseholdMember, 'birth'> {
  readonly birthYear: number | null;
  readonly birthMonth: number | null;
  readonly birthDay: number | null;
  readonly birthPrecision: DatePrecision;
  readonly evidence: RecordedVerification['evidence'] | null;
}

/** A page of a run's people: those whose verification is recorded, and how many there were in all. */
export interface RecordedPage {
  readonly people: number;
  readonly verifications: readonly RecordedVerification[];
}

const PAGE = 500;

/** A run's verifications page by page, in the order of their enrolments. Reads only. */
export async function* recordedVerifications(db: Executor, runId: string): AsyncGenerator<RecordedPage> {
  let after = '0';
  for (;;) {
    const ids = await nextPeople(db, runId, after);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield { people: ids.length, verifications: await verificationsOf(db, runId, ids) };
    after = last;
  }
}

/** The people a closed run froze; of an open one, those who are in it. */
async function nextPeople(db: Executor, runId: string, after: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      (select enrolment_id as id from run_person
        where run_id = ${runId}::bigint and enrolment_id > ${after}::bigint order by enrolment_id limit ${PAGE})
      union
      (select id from enrolment
        where run_id = ${runId}::bigint and id > ${after}::bigint
          and not exists (select 1 from run_person where run_id = ${runId}::bigint) order by id limit ${PAGE})) people
     order by id limit ${PAGE}`.execute(db);
  return rows.map(({ id }) => id);
}

async function verificationsOf(
  db: Executor,
  runId: string,
  ids: readonly string[],
): Promise<readonly RecordedVerification[]> {
  const { rows } = await sql<Row>`
    with latest as (
      select distinct on (enrolment_id) * from decision
       where enrolment_id = any(${[...ids]}::bigint[]) and run_id = ${runId}::bigint and facts ? 'contentHash'
       order by enrolment_id, id desc)
    select d.enrolment_id as "enrolmentId", d.to_state as "to", d.reasons, d.certificate, d.facts,
           p.ref, p.member_number as "memberNumber", p.full_name as "fullName", p.nickname, p.relationship, p.sex,
           p.birth_year as "birthYear", p.birth_month as "birthMonth", p.birth_day as "birthDay",
           p.birth_precision as "birthPrecision", p.national_id as "nationalId",
           p.civil_registration as "civilRegistration", p.birth_extract_number as "birthExtractNumber",
           encode(p.content_hash, 'hex') as "contentHash", h.ref_key as "refKey", h.commune,
           coalesce(${nameOf('father_number')}, case when p.relationship = 1 then h.head_father end) as "fatherName",
           coalesce(${nameOf('mother_number')}, case when p.relationship = 1 then h.head_mother end) as "motherName",
           ${EVIDENCE} as evidence,
           exists (select 1 from decision n
                    where n.enrolment_id = d.enrolment_id and n.id > d.id and n.decided_by not in ('machine', 'import'))
             as "decidedSince"
      from latest d
      join enrolment e on e.id = d.enrolment_id
      cross join lateral person_at(e.person_id, d.decided_at) p
      cross join lateral household_at(p.household_id, d.decided_at) h
     order by d.enrolment_id`.execute(db);
  return rows.map(toVerification);
}

/** A parent's name as the household's own line gave it then. */
function nameOf(number: 'father_number' | 'mother_number'): ReturnType<typeof sql> {
  return sql`
    (select v.full_name
       from person k join enrolment ke on ke.person_id = k.id and ke.campaign = e.campaign
       cross join lateral person_at(k.id, d.decided_at) v
      where k.household_id = p.household_id and k.member_number = ${sql.ref(`p.${number}`)}
        and ke.opened_at <= d.decided_at)`;
}

// What was learned of these very data up to the decision, and since the person was last put back to be verified afresh.
const EVIDENCE = sql`
  (select jsonb_object_agg(kind, records) from (
     select distinct on (v.kind) v.kind, v.records from evidence v
      where v.enrolment_id = d.enrolment_id and v.run_id = d.run_id and v.learned_at <= d.decided_at
        and encode(v.content_hash, 'hex') = d.facts ->> 'contentHash'
        and v.learned_at > coalesce((
          select max(x.decided_at) from decision x
           where x.enrolment_id = d.enrolment_id and x.to_state = 'received' and x.id < d.id), '-infinity')
      order by v.kind, v.id desc) kept)`;

function toVerification(row: Row): RecordedVerification {
  const { enrolmentId, to, reasons, certificate, decidedSince, facts, contentHash, refKey, commune, ...rest } = row;
  const { evidence, ...line } = rest;
  const { birthYear, birthMonth, birthDay, birthPrecision, ...member } = line;
  const about = birthPrecision === 'about' && birthYear !== null;
  const birth = about ? aboutYear(birthYear) : partialDate(birthYear, birthMonth, birthDay);
  return {
    ...{ enrolmentId, to, reasons, certificate, decidedSince, facts, contentHash, refKey, commune },
    evidence: evidence ?? {},
    member: { ...member, birth },
  };
}
