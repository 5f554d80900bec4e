import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Which of these batch numbers have been imported from the RNU service or under that name. */
export async function knownNumbers(db: Executor, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ number: string }>`
    select number from batch where number = any(${[...numbers]}::text[])`.execute(db);
  return new Set(rows.map(({ number }) => number));
}
