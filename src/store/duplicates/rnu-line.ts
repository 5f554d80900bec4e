import { sql } from 'kysely';
import { aboutYear, partialDate, type DatePrecision, type PartialDate } from '../../domain/partial-date.ts';
import type { HouseholdMember, Sex } from '../../domain/person.ts';
import type { Executor } from '../database.ts';
import { grouped, VISITS_AT_ONCE } from '../grouped.ts';

/** One line of the RNU with what its household adds, as it is compared with other lines. */
export interface RnuLine extends Pick<
  HouseholdMember,
  'ref' | 'fullName' | 'nickname' | 'sex' | 'birth' | 'nationalId' | 'birthExtractNumber' | 'fatherName' | 'motherName'
> {
  readonly personId: string;
  readonly householdId: string;
  readonly batchId: string;
  /** Fingerprint of the line's content, hexadecimal. */
  readonly contentHash: string;
  readonly commune: string;
}

interface LineRow extends Omit<RnuLine, 'birth'> {
  readonly birthYear: number | null;
  readonly birthMonth: number | null;
  readonly birthDay: number | null;
  readonly birthPrecision: DatePrecision;
  readonly sex: Sex | null;
}

/** The lines of these people. */
export async function linesOfPeople(db: Executor, personIds: readonly string[]): Promise<readonly RnuLine[]> {
  return personIds.length === 0 ? [] : linesOfVisit(db, personIds);
}

const linesOfVisit = grouped(linesOfVisits, { most: VISITS_AT_ONCE });

async function linesOfVisits(
  db: Executor,
  visits: readonly (readonly string[])[],
): Promise<readonly (readonly RnuLine[])[]> {
  const found = await lines(db, sql`p.id = any(${[...new Set(visits.flat())]}::bigint[])`);
  const byId = new Map(found.map((line) => [line.personId, line]));
  return visits.map((personIds) => personIds.map((id) => byId.get(id)).filter((line) => line !== undefined));
}

/** The lines of all members of these households, campaigns apart. */
export async function linesOfHouseholds(db: Executor, householdIds: readonly string[]): Promise<readonly RnuLine[]> {
  return lines(db, sql`p.household_id = any(${[...householdIds]}::bigint[])`);
}

// Parents are looked up one by one: a join would read the whole table as soon as a few hundred lines are wanted.
async function lines(db: Executor, wanted: ReturnType<typeof sql>): Promise<readonly RnuLine[]> {
  const nameOf = (number: 'p.father_number' | 'p.mother_number'): ReturnType<typeof sql> => sql`
    (select k.full_name from person k where k.household_id = p.household_id and k.member_number = ${sql.ref(number)})`;
  const { rows } = await sql<LineRow>`
    select p.id as "personId", p.ref, p.household_id as "householdId", p.batch_id as "batchId",
           encode(p.content_hash, 'hex') as "contentHash", p.full_name as "fullName", p.nickname, p.sex,
           p.birth_year as "birthYear", p.birth_month as "birthMonth", p.birth_day as "birthDay",
           p.birth_precision as "birthPrecision", p.national_id as "nationalId",
           p.birth_extract_number as "birthExtractNumber", h.commune,
           coalesce(${nameOf('p.father_number')}, case when p.relationship = 1 then h.head_father end) as "fatherName",
           coalesce(${nameOf('p.mother_number')}, case when p.relationship = 1 then h.head_mother end) as "motherName"
      from person p join household h on h.id = p.household_id
     where ${wanted}`.execute(db);
  return rows.map(({ birthYear, birthMonth, birthDay, birthPrecision, ...line }) => ({
    ...line,
    birth: birthOf(birthYear, birthMonth, birthDay, birthPrecision),
  }));
}

function birthOf(year: number | null, month: number | null, day: number | null, precision: DatePrecision): PartialDate {
  return precision === 'about' && year !== null ? aboutYear(year) : partialDate(year, month, day);
}
