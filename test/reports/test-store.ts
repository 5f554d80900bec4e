import { openDatabase, type Database, type Executor } from '../../src/store/database.ts';
import type { TestDatabase } from '../support/database.ts';

/** A migrated database with one run, for what hangs on a run. */
export interface TestStore {
  readonly db: Executor;
  readonly runId: string;
  close(): Promise<void>;
}

/** Opens it. */
export async function openTestStore({ url }: TestDatabase): Promise<TestStore> {
  const database: Database = openDatabase({
    url,
    poolSize: 4,
    statementTimeoutMs: 10_000,
    applicationName: 'test',
    onIdleError: () => undefined,
  });
  const { id } = await database.db
    .insertInto('run')
    .values({ run_date: '2026-11-21', campaign: 'PNBSF-2026', state: 'closed', patience_ms: '1000' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { db: database.db, runId: id, close: () => database.close() };
}
