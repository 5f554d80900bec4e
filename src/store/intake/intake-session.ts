import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../database.ts';
import { COPY_HOUSEHOLDS, COPY_LINES, CREATE_STAGING, type StagingRows } from './staging-table.ts';

/** Runs one statement with its values, without limit of time. */
export type RunStatement = <Row extends pg.QueryResultRow>(
  statement: string,
  values?: readonly unknown[],
) => Promise<pg.QueryResult<Row>>;

/** node-postgres counts its own limit in a 32-bit timer; this is as good as none. */
const NO_CLIENT_TIMEOUT_MS = 2_147_483_647;

/** Merges run one after the other: two deliveries of one household would otherwise wait for each other's rows. */
const MERGE_LOCK = `select pg_advisory_xact_lock(hashtextextended('pnbsf-cmu intake merge', 0))`;

/**
 * One connection of the pool, kept for one delivery: its staging tables are that session's own. Rows come in by short COPY
 * statements, each its own transaction, so that a slow sender holds no snapshot open; the merge is one transaction.
 */
export class IntakeSession {
  readonly #client: pg.PoolClient;

  private constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  static async open(database: Database): Promise<IntakeSession> {
    const client = await database.pool.connect();
    const session = new IntakeSession(client);
    // A lost connection fails the statement in hand; without a listener it would end the process.
    client.on('error', () => undefined);
    try {
      await session.#run('set statement_timeout = 0');
      await client.query(CREATE_STAGING);
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  /** Appends rows, made by `StagingWriter`, to the staging tables. */
  async copy(rows: StagingRows): Promise<void> {
    if (rows.households !== '') await this.#copy(COPY_HOUSEHOLDS, rows.households);
    if (rows.lines !== '') await this.#copy(COPY_LINES, rows.lines);
  }

  async #copy(statement: string, rows: string): Promise<void> {
    const stream = this.#client.query(copyFrom(statement));
    await new Promise<void>((resolve, reject) => {
      stream.once('error', reject);
      stream.once('finish', resolve);
      stream.end(Buffer.from(rows, 'utf8'));
    });
  }

  /** Runs `work` in a transaction of its own, one at a time over all sessions; rolls back when it throws. */
  async merge<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    await this.#run('begin');
    try {
      await this.#run(`set local lock_timeout = 0`);
      await this.#run(`set local work_mem = '128MB'`);
      await this.#run(MERGE_LOCK);
      const result = await work(this.#run);
      await this.#run('commit');
      return result;
    } catch (error) {
      await this.#run('rollback').catch(() => undefined);
      throw error;
    }
  }

  /** Ends the connection, and with it the staging tables. */
  close(): void {
    this.#client.release(true);
  }

  readonly #run: RunStatement = (text, values = []) => {
    const statement = { text, values: [...values], query_timeout: NO_CLIENT_TIMEOUT_MS };
    return this.#client.query(statement);
  };
}
