import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/**
 * Publishes the closed nights that are not published yet, the earliest first. One process at a time does so: whoever
 * comes second finds the lock taken and leaves the work to the first, whose death frees it.
 */
export async function withPublishedRun(db: Executor, publish: (runId: string) => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${LOCK}) as mine`.execute(connection);
    if (rows[0]?.mine !== true) return;
    try {
      for (let run = await unpublishedRun(db); run !== null; run = await unpublishedRun(db)) await publish(run);
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

const LOCK = sql`hashtextextended('pnbsf-cmu publication', 0)`;

async function unpublishedRun(db: Executor): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from run where state = 'closed' and published_at is null and kind = 'night' order by id limit 1`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

/** Sets down that a run's report lies in a folder and its mails are queued. */
export async function markPublished(db: Executor, runId: string, folder: string): Promise<void> {
  await sql`
    update run set published_at = coalesce(published_at, now()), report_folder = ${folder}
     where id = ${runId}::bigint`.execute(db);
}
