import type { Executor } from '../database.ts';

/** How many lines of a batch nobody could read. */
export async function unreadableCount(db: Executor, batchId: string): Promise<number> {
  const row = await db.selectFrom('batch').select('unreadable').where('id', '=', batchId).executeTakeFirst();
  return row?.unreadable ?? 0;
}
