import { sql, type RawBuilder } from 'kysely';
import type { Executor } from '../database.ts';
import { grouped, VISITS_AT_ONCE } from '../grouped.ts';
import { confirmedByPerson, mayBeRegistered, stillDoubted } from '../review/doubted-pairs.ts';

/**
 * Which of these enrolments share a registry identity with another person whom nobody has discarded. A claim is
 * committed at verification, before its own household asks here: of two people who share one, whoever asks second sees
 * the other, and as a run registers nobody before its verification has ended, both usually do.
 *
 * A pair that a named person declared to be two people is never doubted again. Somebody whom a named person confirmed is
 * doubted only because of another who is, or may be, registered already: the others are the ones in doubt.
 */
export async function sharingIdentity(db: Executor, enrolmentIds: readonly string[]): Promise<ReadonlySet<string>> {
  return enrolmentIds.length === 0 ? new Set() : sharingOfVisit(db, enrolmentIds);
}

const sharingOfVisit = grouped(sharingOfAll, { most: VISITS_AT_ONCE });

/**
 * For each visit the people of all of them, its own among them. `offset 0` has each look-up done for the row at hand: joined
 * freely, PostgreSQL read the whole country for every group, as the claims of a first night are not counted yet.
 */
async function sharingOfAll(
  db: Executor,
  visits: readonly (readonly string[])[],
): Promise<readonly ReadonlySet<string>[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct mine.enrolment_id as id
      from unnest(${visits.flat()}::bigint[]) as mine(enrolment_id)
      cross join lateral (select person_id, id from enrolment where id = mine.enrolment_id offset 0) me
      cross join lateral (select identity_key from identity_claim where enrolment_id = mine.enrolment_id offset 0) claim
      cross join lateral (select enrolment_id as id from identity_claim
                           where identity_key = claim.identity_key and enrolment_id <> mine.enrolment_id offset 0) theirs
      cross join lateral (select person_id, state, sends from enrolment where id = theirs.id offset 0) other
     where ${stillDoubted('me', 'other')} and (not ${confirmedByPerson('me')} or ${mayBeRegistered('other')})`.execute(
    db,
  );
  const sharing = new Set(rows.map((row) => row.id));
  return visits.map(() => sharing);
}

/** Numbers of papers, in capital letters and digits alone. */
export interface PaperNumbers {
  /** Only those of a valid form: thousands may share a filler. */
  readonly nationalIds: readonly string[];
  readonly extractNumbers: readonly string[];
}

/** Which of these numbers, among others, the RNU gives to more than one person. */
export async function numbersOfSeveralPeople(db: Executor, numbers: PaperNumbers): Promise<ReadonlySet<string>> {
  const any = numbers.nationalIds.length + numbers.extractNumbers.length > 0;
  return any ? severalOfVisit(db, numbers) : new Set();
}

const severalOfVisit = grouped(severalOfAll, { most: VISITS_AT_ONCE });

async function severalOfAll(db: Executor, visits: readonly PaperNumbers[]): Promise<readonly ReadonlySet<string>[]> {
  const nationalIds = visits.flatMap((visit) => visit.nationalIds);
  const extractNumbers = visits.flatMap((visit) => visit.extractNumbers);
  const { rows } = await sql<{ number: string }>`
    ${several('national_id', nationalIds)} union ${several('birth_extract_number', extractNumbers)}`.execute(db);
  const numbers = new Set(rows.map((row) => row.number));
  return visits.map(() => numbers);
}

/** In the database as `comparableNumber` has it here. */
function several(column: 'national_id' | 'birth_extract_number', numbers: readonly string[]): RawBuilder<unknown> {
  const key = sql`upper(regexp_replace(${sql.ref(column)}, '[^0-9A-Za-z]', '', 'g'))`;
  return sql`select ${key} as number from person
     where ${sql.ref(column)} is not null and ${key} = any(${[...numbers]}::text[]) group by 1 having count(*) > 1`;
}
