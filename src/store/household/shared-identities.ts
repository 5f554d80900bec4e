import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/**
 * Which of these enrolments share a registry identity with another enrolment that nobody has discarded. Every claim
 * is committed at verification, before its own household asks here, so of two that share one at least one sees the
 * other; and because a run registers nobody before all are verified, both do.
 */
export async function sharingIdentity(db: Executor, enrolmentIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct mine.enrolment_id as id
      from identity_claim mine
      join identity_claim other on other.identity_key = mine.identity_key and other.enrolment_id <> mine.enrolment_id
      join enrolment e on e.id = other.enrolment_id
     where mine.enrolment_id = any(${[...enrolmentIds]}::bigint[])
       and e.state not in ('discarded-duplicate', 'discarded-deceased', 'out-of-scope')`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Which of these numbers the RNU gives to more than one person. */
export async function numbersOfSeveralPeople(db: Executor, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const { rows } = await sql<{ number: string }>`
    select national_id as number from person where national_id = any(${[...numbers]}::text[])
     group by national_id having count(*) > 1`.execute(db);
  return new Set(rows.map((row) => row.number));
}
