import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/**
 * Publishes the closed nights that are not published yet, the earliest first. One process at a time does so: whoever
 * comes second finds the lock taken and leaves the work to the first, whose death frees it. A night that cannot be
 * published holds up none after it; the first failure is thrown once all were tried.
 */
export async function withPublishedRun(db: Executor, publish: (runId: string) => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${LOCK}) as mine`.execute(connection);
    if (rows[0]?.mine !== true) return;
    try {
      const failures: unknown[] = [];
      for (let run = await unpublishedRun(db, '0'); run !== null; run = await unpublishedRun(db, run))
        await publish(run).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

const LOCK = sql`hashtextextended('pnbsf-cmu publication', 0)`;

async function unpublishedRun(db: Executor, after: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from run where state = 'closed' and published_at is null and kind = 'night' and id > ${after}::bigint
     order by id limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** Sets down that a run's report lies in a folder and its mails are queued. */
export async function markPublished(db: Executor, runId: string, folder: string): Promise<void> {
  await sql`
    update run set published_at = coalesce(published_at, now()), report_folder = ${folder}
     where id = ${runId}::bigint`.execute(db);
}
