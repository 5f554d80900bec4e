import type { Executor } from '../store/database.ts';
import { UsageError } from './command.ts';

/** Id of the batch of that number; null when none is named. Throws {@link UsageError} on one nobody imported. */
export async function batchIdOf(db: Executor, number: string | null): Promise<string | null> {
  if (number === null) return null;
  const row = await db.selectFrom('batch').select('id').where('number', '=', number).executeTakeFirst();
  if (!row) throw new UsageError(`Lot inconnu : ${number}.`);
  return row.id;
}
