import { sql } from 'kysely';
import type { DatePrecision } from '../../domain/partial-date.ts';
import type { CivilRegistration, RelationshipCode, Sex } from '../../domain/person.ts';
import type { Executor } from '../database.ts';

/** The end of what is told: everything before this instant, or everything there is. */
export type Until = Date | null;

/** A person as the RNU had them at an instant, with the line and the batch it came from. Holds personal data. */
export interface StoredPerson {
  readonly personId: string;
  readonly ref: string;
  readonly memberNumber: number;
  readonly fullName: string;
  readonly sex: Sex | null;
  readonly birthYear: number | null;
  readonly birthMonth: number | null;
  readonly birthDay: number | null;
  readonly birthPrecision: DatePrecision;
  readonly relationship: RelationshipCode | null;
  readonly nationalId: string | null;
  readonly civilRegistration: CivilRegistration;
  readonly birthExtractNumber: string | null;
  readonly householdId: string;
  readonly householdRef: string;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  readonly lineNumber: number;
  readonly batchNumber: string;
  readonly batchName: string;
  readonly batchSha256: string;
  readonly batchImportedAt: Date;
  /** How often a later batch has brought other data since. */
  readonly laterVersions: number;
}

/** The person as they stood; null when no batch had brought them yet. */
export async function storedPerson(db: Executor, personId: string, until: Until): Promise<StoredPerson | null> {
  const at = instant(until);
  const { rows } = await sql<StoredPerson>`
    select p.id as "personId", p.ref, p.member_number as "memberNumber", p.full_name as "fullName", p.sex,
           p.birth_year as "birthYear", p.birth_month as "birthMonth", p.birth_day as "birthDay",
           p.birth_precision as "birthPrecision", p.relationship, p.national_id as "nationalId",
           p.civil_registration as "civilRegistration", p.birth_extract_number as "birthExtractNumber",
           h.id as "householdId", h.ref as "householdRef", h.region, h.departement, h.commune,
           p.line_number as "lineNumber", b.number as "batchNumber", b.source_name as "batchName",
           encode(b.sha256, 'hex') as "batchSha256", b.imported_at as "batchImportedAt",
           (select count(*)::int from person_history k
             where k.person_id = p.id and k.replaced_at > ${at} and k.content is not null) as "laterVersions"
      from person_at(${personId}::bigint, ${at}) p
      cross join lateral household_at(p.household_id, ${at}) h
      join batch b on b.id = p.batch_id
     where b.imported_at < ${at}`.execute(db);
  return rows[0] ?? null;
}

/** An instant as PostgreSQL compares it; nothing is later than no end. */
export function instant(until: Until): ReturnType<typeof sql> {
  return until === null ? sql`'infinity'::timestamptz` : sql`${until.toISOString()}::timestamptz`;
}

/** The instant at which a civil day of a zone ends. */
export async function endOfDay(db: Executor, day: string, timeZone: string): Promise<Date> {
  const { rows } = await sql<{ ends: Date }>`
    select (${day}::date + 1)::timestamp at time zone ${timeZone} as ends`.execute(db);
  if (rows[0] === undefined) throw new Error('a day without an end');
  return rows[0].ends;
}
