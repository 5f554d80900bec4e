import { describe, it } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/store/database.ts';
import { createTestDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';

describe('a database whose server cuts a connection', () => {
  it('goes on, also when the connection is lent and waits between two statements', async () => {
    const admin = await createTestDatabase();
    const database = openDatabase({
      url: admin.url,
      poolSize: 2,
      statementTimeoutMs: 5_000,
      applicationName: 'to be cut',
      onIdleError: () => undefined,
    });
    await database.db.connection().execute(async (connection) => {
      await sql`select 1`.execute(connection);
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to be cut'`.execute(
        admin.db,
      );
      await until('the connection is lost', () =>
        sql`select 1`.execute(connection).then(
          () => false,
          () => true,
        ),
      );
    });
    // The loss may reach the pool a moment after the statement: the connection is then lent once more, and fails.
    await until('another connection answers', () =>
      sql`select 1`.execute(database.db).then(
        () => true,
        () => false,
      ),
    );
    await database.close();
    await admin.close();
  });
});
