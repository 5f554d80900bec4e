import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import type { RunStatement } from '../intake/intake-session.ts';

/** Keys to file a person under. */
export interface PersonKeys {
  readonly personId: string;
  readonly keys: readonly number[];
}

/** Households of the next page that have no keys for their present data, locked until the transaction ends. */
export async function nextKeysDue(trx: Executor, most: number): Promise<readonly string[]> {
  // What another process has in hand is left to it.
  const { rows } = await sql<{ id: string }>`
    select household_id as id from match_keys_due order by household_id limit ${most}
       for update skip locked`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Whether this household waits for keys; if so it is locked until the transaction ends. Waits for another's hold. */
export async function holdKeysDue(trx: Executor, householdId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from match_keys_due where household_id = ${householdId}::bigint for update`.execute(trx);
  return rows.length > 0;
}

/** Files people under these keys instead of any former ones; their households, held by the caller, are due no more. */
export async function replaceKeys(
  trx: Executor,
  householdIds: readonly string[],
  people: readonly PersonKeys[],
): Promise<void> {
  const rows = people.flatMap(({ personId, keys }) => keys.map((key) => ({ key, personId })));
  await sql`delete from match_key where person_id = any(${people.map(({ personId }) => personId)}::bigint[])`.execute(
    trx,
  );
  await sql`
    insert into match_key (key, person_id)
    select * from unnest(${rows.map(({ key }) => key)}::bigint[],
                         ${rows.map(({ personId }) => personId)}::bigint[])
     order by 1`.execute(trx);
  await sql`delete from match_keys_due where household_id = any(${[...householdIds]}::bigint[])`.execute(trx);
}

/** Puts every household due when its keys were made otherwise than `making`. True when they were. */
export async function putAllDueUnlessMade(db: Executor, making: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      insert into match_keys_made as m (making) values (${making})
      on conflict (only_row) do update set making = excluded.making where m.making <> excluded.making
      returning 1`.execute(trx);
    if (rows.length === 0) return false;
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql`
      insert into match_keys_due (household_id) select id from household order by id
      on conflict (household_id) do update set since = excluded.since`.execute(trx);
    return true;
  });
}

const OF_MERGE = `insert into match_keys_due (household_id)
  select h.id from household_due d join household h using (ref_key) where d.speaks order by h.id
  on conflict (household_id) do update set since = excluded.since`;

/** Puts the households of a merge due, inside its transaction, once it has changed all else. */
export async function putMergedDue(run: RunStatement): Promise<void> {
  await run(OF_MERGE);
}
