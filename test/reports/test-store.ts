import { openDatabase, type Database, type Executor } from '../../src/store/database.ts';
import { createTestDatabase } from '../support/database.ts';

/** A migrated database with one run, for what hangs on a run. */
export interface TestStore {
  readonly db: Executor;
  readonly runId: string;
  close(): Promise<void>;
}

/** Opens it on a database of its own. */
export async function openTestStore(): Promise<TestStore> {
  const created = await createTestDatabase();
  const database: Database = openDatabase({
    url: created.url,
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
  return {
    db: database.db,
    runId: id,
    async close() {
      await database.close();
      await created.close();
    },
  };
}
