import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Whether what is told can be trusted not to have been altered in the database. */
export interface Integrity {
  readonly entries: number;
  /** Number of the first journal entry that does not fit the chain; null when all do. */
  readonly firstBroken: string | null;
  /** The database still refuses to change or delete decisions and journal entries. */
  readonly protectedTables: boolean;
}

const GUARDS = ['decision_append_only', 'journal_append_only', 'journal_never_emptied'];

/**
 * Recomputes every seal of the journal, as the database made them, and looks whether each entry seals the one before
 * it: some microseconds an entry. The guards of the append-only tables are looked at too, since their owner could lift
 * them.
 */
export async function checkIntegrity(db: Executor): Promise<Integrity> {
  const { rows } = await sql<{ entries: number; firstBroken: string | null; guards: number }>`
    with chained as (
      select id, previous_hash, hash, lag(hash) over (order by id) as former,
             sha256(convert_to(concat_ws('|', encode(coalesce(previous_hash, ''), 'hex'),
               to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), actor, action, subject,
               detail::text), 'UTF8')) as sealed
        from journal)
    select count(*)::int as entries,
           min(id) filter (where hash <> sealed or previous_hash is distinct from former) as "firstBroken",
           (select count(*)::int from pg_trigger
             where tgname = any(${GUARDS}::text[]) and tgenabled in ('O', 'A')
               and tgrelid in ('journal'::regclass, 'decision'::regclass)) as guards
      from chained`.execute(db);
  const [row] = rows;
  return {
    entries: row?.entries ?? 0,
    firstBroken: row?.firstBroken ?? null,
    protectedTables: row?.guards === GUARDS.length,
  };
}
