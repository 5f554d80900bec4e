import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { PostgresBackend } from '../../jobs/queue-backend.ts';
import { openQueue, postgresConnection } from '../../jobs/queues.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
afterEach(() => database.close());

describe('a process that is stopped while it opens its queues on PostgreSQL', () => {
  it('stops nobody else: whoever comes after it offers and counts', async () => {
    database = await createTestDatabase();
    const backend: PostgresBackend = { kind: 'postgres', url: database.url, schema: 'bullmq' };
    const first = openQueue(backend, 'verify', () => undefined);
    await first.offer([{ id: '1', version: '1' }]);
    await first.close();
    // What it leaves on the server: a session of its connection options, half-way through looking after the tables.
    const { connectionString, idle_in_transaction_session_timeout } = postgresConnection(backend);
    const stopped = new pg.Client({ connectionString, idle_in_transaction_session_timeout });
    let parted = false;
    stopped.on('error', () => (parted = true));
    await stopped.connect();
    await stopped.query('begin');
    await stopped.query('alter table bullmq.migration alter column min_client_version set not null');

    const next = openQueue(backend, 'verify', () => undefined);
    await next.offer([{ id: '2', version: '1' }]);
    expect(await next.backlog()).toBe(2);
    expect(parted).toBe(true);
    await next.close();
    await stopped.end().catch(() => undefined);
  }, 30_000);
});
