/**
 * Statements that come again and again are prepared: PostgreSQL reads and plans them once for each connection, where the
 * statements of a visit to a household cost it more to plan than to carry out. Which ones they are shows by counting, so
 * that no author of a statement need think of it.
 *
 * A plan that is kept knows the tables as they were. In a first night they are empty when it is made and hold a country
 * hours later, with a plan that still reads them from end to end; so plans are forgotten every few seconds and made anew.
 *
 * A pooler between us and PostgreSQL must hand prepared statements on (PgBouncer from 1.21 does), or keep sessions.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';

/** Times a statement is sent before it is prepared: one that comes seldom is not worth a place in every connection. */
const SEEN_BEFORE = 5;
/** Statements watched; lists written out in the text could make any number of them. */
const MOST_WATCHED = 500;
const PLANS_KEPT_MS = 10_000;
/** A prepared statement whose result has other columns by now, since a migration; a new name prepares it anew. */
const RESULT_CHANGED = '0A000';

export interface PreparingOptions {
  /** Monotonic milliseconds; for tests. */
  readonly now?: () => number;
}

interface Watched {
  uses: number;
  name: string;
}

/** The pool as Kysely uses it, with statements prepared as described above. */
export function preparing(pool: pg.Pool, { now = () => performance.now() }: PreparingOptions = {}): PostgresPool {
  const watched = new Map<string, Watched>();
  const clients = new WeakMap<pg.PoolClient, PreparingClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const known = clients.get(client) ?? new PreparingClient(client, watched, now);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

class PreparingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #watched: Map<string, Watched>;
  readonly #now: () => number;
  #plansSince: number;

  constructor(client: pg.PoolClient, watched: Map<string, Watched>, now: () => number) {
    this.#client = client;
    this.#watched = watched;
    this.#now = now;
    this.#plansSince = now();
  }

  release(): void {
    this.#client.release();
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    asked: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new Error('no cursor is opened through Kysely here');
    return this.#send(asked, [...values]) as Promise<PostgresQueryResult<R>>;
  }

  async #send(text: string, values: unknown[]): Promise<pg.QueryResult> {
    const statement = values.length === 0 ? null : this.#statement(text);
    if (statement === null) return this.#client.query(text, values);
    await this.#forgetOldPlans();
    try {
      return await this.#client.query({ name: statement.name, text, values });
    } catch (error) {
      if ((error as { code?: string }).code === RESULT_CHANGED) statement.name = nameOf(`${statement.name} ${text}`);
      throw error;
    }
  }

  /** Null as long as it is not to be prepared. */
  #statement(text: string): Watched | null {
    const known = this.#watched.get(text);
    if (known !== undefined) return ++known.uses > SEEN_BEFORE ? known : null;
    if (this.#watched.size < MOST_WATCHED) this.#watched.set(text, { uses: 1, name: nameOf(text) });
    return null;
  }

  async #forgetOldPlans(): Promise<void> {
    const now = this.#now();
    if (now - this.#plansSince < PLANS_KEPT_MS) return;
    this.#plansSince = now;
    await this.#client.query('discard plans');
  }
}

function nameOf(text: string): string {
  return createHash('sha1').update(text).digest('base64url');
}
