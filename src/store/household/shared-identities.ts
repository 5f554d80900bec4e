import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/**
 * Which of these enrolments share a registry identity with another person whom nobody has discarded. A claim is
 * committed at verification, before its own household asks here: of two people who share one, whoever asks second sees
 * the other, and as a run registers nobody before its verification has ended, both usually do.
 */
export async function sharingIdentity(db: Executor, enrolmentIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (enrolmentIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select distinct mine.enrolment_id as id
      from identity_claim mine
      join enrolment me on me.id = mine.enrolment_id
      join identity_claim other on other.identity_key = mine.identity_key and other.enrolment_id <> mine.enrolment_id
      join enrolment e on e.id = other.enrolment_id
     where mine.enrolment_id = any(${[...enrolmentIds]}::bigint[])
       -- The same person in an earlier campaign is no other person.
       and e.person_id <> me.person_id
       and e.state not in ('discarded-duplicate', 'discarded-deceased', 'out-of-scope')`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/**
 * Which of these numbers, in capital letters and digits alone, the RNU gives to more than one person. Ask only about
 * numbers of a valid form: thousands may share a filler.
 */
export async function numbersOfSeveralPeople(db: Executor, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const key = sql`upper(regexp_replace(national_id, '[^0-9A-Za-z]', '', 'g'))`;
  const { rows } = await sql<{ number: string }>`
    select ${key} as number from person
     where national_id is not null and ${key} = any(${[...numbers]}::text[])
     group by 1 having count(*) > 1`.execute(db);
  return new Set(rows.map((row) => row.number));
}
