import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { preparing } from './prepared-statements.ts';
import type { Schema } from './schema.ts';

/** A pool or a transaction; every statement of the store takes one, so that nothing slips out of a transaction. */
export type Executor = Kysely<Schema>;

export interface DatabaseOptions {
  readonly url: string;
  /** Connections this process may hold. */
  readonly poolSize: number;
  /**
   * The server gives up on a statement after this long. The client has no limit of its own: it would leave the server
   * working and the connection blocked, and the few statements over a whole country set theirs aside for themselves.
   */
  readonly statementTimeoutMs: number;
  /** Shown by `pg_stat_activity`. */
  readonly applicationName: string;
  /** Told of the loss of an idle connection, which the pool replaces by itself. */
  readonly onIdleError: (error: Error) => void;
}

/** An open database: Kysely for statements, the pool itself for COPY. */
export interface Database {
  readonly db: Executor;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens a pool. Connects lazily; `connectionTimeoutMillis` keeps an outage from looking like a hang. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs,
    idle_in_transaction_session_timeout: 60_000,
    lock_timeout: 30_000,
    types,
  });
  pool.on('error', options.onIdleError);
  // The pool listens to connections it holds. One that is lent and waits between two statements, as the reconciliation's
  // does while SIGICMU is read, would end the process when the server cuts it; its next statement tells of the loss.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
  return {
    db,
    pool,
    async close() {
      await db.destroy();
      // Kysely ends a pool only if it has used it.
      if (!pool.ended) await pool.end();
    },
  };
}

// A civil date read as a Date is local midnight: one day early west of its zone. It stays the text Postgres sends.
const DATE_OID = 1082;
const types = new pg.TypeOverrides();
types.setTypeParser(DATE_OID, (value) => value);
