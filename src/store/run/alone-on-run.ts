import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/**
 * Does something that only one process at a time may do for a run, and only while the run is `reconciling`; null when
 * it is not, or when another process is at it. The lock belongs to a connection kept for it: it ends with the process.
 * What must not be done without the lock is done on that connection, which is handed over: when it is lost, so is the
 * right to go on.
 */
export async function aloneOnRun<T>(
  db: Executor,
  runId: string,
  work: (locked: Executor) => Promise<T>,
): Promise<T | null> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ ours: boolean }>`
      select pg_try_advisory_lock(hashtext('pnbsf-cmu:reconcile'), ${runId}::int) as ours`.execute(connection);
    if (rows[0]?.ours !== true) return null;
    try {
      const run = await connection.selectFrom('run').select('state').where('id', '=', runId).executeTakeFirst();
      return run?.state === 'reconciling' ? await work(connection) : null;
    } finally {
      await sql`select pg_advisory_unlock(hashtext('pnbsf-cmu:reconcile'), ${runId}::int)`.execute(connection);
    }
  });
}
