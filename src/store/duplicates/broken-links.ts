import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** A named person's word that two lines are two people. */
export interface BrokenLink {
  readonly personIds: readonly [string, string];
  readonly by: string;
  readonly because: string;
}

/**
 * Declares two lines to be two people: from now on neither is doubted because of the other, whatever changes on them.
 * False when it had been declared before; the first word stands. Made inside the caller's transaction, who journals it.
 */
export async function breakLink(db: Executor, { personIds, by, because }: BrokenLink): Promise<boolean> {
  const [one, other] = personIds;
  const { rows } = await sql`
    insert into link_broken (person_a, person_b, by, because)
    select least(a, b), greatest(a, b), ${by}::text, ${because}::text
      from (values (${one}::bigint, ${other}::bigint)) as pair(a, b)
    on conflict do nothing returning 1`.execute(db);
  return rows.length > 0;
}
