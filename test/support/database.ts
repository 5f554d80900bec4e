import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openDatabase, type Database } from '../../src/store/database.ts';

/** A database of its own for one test file, cloned from the migrated template (about 30 ms). */
export interface TestDatabase extends Database {
  readonly url: string;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env['PNBSF_TEST_SERVER_URL'];
  if (serverUrl === undefined) throw new Error('run through npm test: the suite starts the database server');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `create database ${name} template template_pnbsf`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = openDatabase({
    url: url.href,
    poolSize: 10,
    statementTimeoutMs: 30_000,
    applicationName: 'test',
    onIdleError: () => undefined,
  });
  return {
    ...database,
    url: url.href,
    close: async () => {
      await database.close();
      await onServer(serverUrl, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // A template cannot be cloned twice at once.
    await client.query('select pg_advisory_lock(1)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}
