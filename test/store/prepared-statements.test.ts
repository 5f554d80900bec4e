import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { preparing } from '../../src/store/prepared-statements.ts';
import type { Schema } from '../../src/store/schema.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

/** All on one connection, whose prepared statements can then be looked at. */
function onOneConnection(db: Kysely<Schema>, use: (connection: Kysely<Schema>) => Promise<void>): Promise<void> {
  return db.connection().execute(use);
}

async function preparedTexts(connection: Kysely<Schema>): Promise<readonly string[]> {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(connection);
  return rows.map(({ statement }) => statement);
}

async function repeatedly(times: number, run: (turn: number) => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < times; turn++) await run(turn);
}

describe('a statement that comes again and again', () => {
  it('is prepared once it was sent five times, with its values apart', async () => {
    await onOneConnection(database.db, async (connection) => {
      const ask = (value: number): Promise<{ rows: { twice: number }[] }> =>
        sql<{ twice: number }>`select 2 * ${value}::int as twice`.execute(connection);
      await repeatedly(5, ask);
      expect((await preparedTexts(connection)).join()).not.toContain('as twice');
      await repeatedly(5, async (turn) => expect((await ask(turn)).rows).toEqual([{ twice: 2 * turn }]));
      expect(await preparedTexts(connection)).toEqual(['select 2 * $1::int as twice']);
    });
  });

  it('fails once when a migration changes its result, and then goes on', async () => {
    await sql`create table changing (id int)`.execute(database.db);
    await sql`insert into changing values (1)`.execute(database.db);
    await onOneConnection(database.db, async (connection) => {
      const ask = (): Promise<unknown> => sql`select * from changing where id = ${1}`.execute(connection);
      await repeatedly(7, ask);
      await sql`alter table changing add column more text`.execute(database.db);
      await expect(ask()).rejects.toMatchObject({ code: '0A000' });
      await expect(ask()).resolves.toMatchObject({ rows: [{ id: 1, more: null }] });
    });
  });

  it('is planned anew after a while, because tables grow', async () => {
    let now = 0;
    const db = new Kysely<Schema>({
      dialect: new PostgresDialect({ pool: preparing(database.pool, { now: () => now }) }),
    });
    await sql`create table growing (id int)`.execute(db);
    await sql`create index on growing (id)`.execute(db);
    await sql`alter table growing set (autovacuum_enabled = false)`.execute(db);
    await sql`vacuum analyze growing`.execute(db);
    await onOneConnection(db, async (connection) => {
      const ask = (): Promise<unknown> => sql`select id from growing where id = ${7}`.execute(connection);
      const planned = async (): Promise<string> => {
        const { rows } = await sql<{ name: string }>`
          select name from pg_prepared_statements where statement like '%from growing%'`.execute(connection);
        const plan = await sql`explain execute ${sql.id(rows[0]!.name)}(7)`.execute(connection);
        return JSON.stringify(plan.rows);
      };
      await sql`set plan_cache_mode = force_generic_plan`.execute(connection);
      await repeatedly(6, ask);
      expect(await planned()).toContain('Seq Scan');
      await sql`insert into growing select generate_series(1, 20000)`.execute(connection);
      expect(await planned()).toContain('Seq Scan');
      now += 10_000;
      await ask();
      expect(await planned()).not.toContain('Seq Scan');
      await sql`reset plan_cache_mode`.execute(connection);
    });
  });

  it('does not fill the connections when every text is another one', async () => {
    await onOneConnection(database.db, async (connection) => {
      const before = (await preparedTexts(connection)).length;
      await repeatedly(600, (turn) => sql`select ${1}::int as ${sql.id(`c${turn}`)}`.execute(connection));
      expect((await preparedTexts(connection)).length).toBe(before);
    });
  });
});
