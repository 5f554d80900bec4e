/**
 * What a sabotaged worker lacks. Each is a mistake a programmer could make, and each must register people twice:
 *
 * - `settle-window`: an unknown outcome is looked up at once. The window is set to nothing behind the back of the
 *   configuration, which refuses that.
 * - `fence`: whoever lost a household writes all the same. The statements that record a visit no longer compare the
 *   fence, nor the state that was read.
 * - `intent`: nothing says that a registration is about to leave. The statement that commits the intent leaves the
 *   state as it is, so that after a crash the person is sent again without a look.
 *
 * The last two rewrite the text of statements on their way to the database. A statement that no longer contains what is
 * to be rewritten ends the worker: a sabotage that does nothing would show nothing.
 */
import type pg from 'pg';
import type { Config } from '../../src/config.ts';
import type { Sabotage } from './chaos-options.ts';

/** The configuration of a sabotaged worker. */
export function sabotaged(sabotage: Sabotage, config: Config): Config {
  return sabotage === 'settle-window' ? { ...config, times: { ...config.times, settleMs: 0 } } : config;
}

/** A piece of a statement and what is sent in its place. */
interface Change {
  /** Marks the statement that is meant. */
  readonly statement: string;
  readonly piece: RegExp;
  readonly instead: string;
}

const COMMIT = 'require_rows((select count(*) from moved) + (select count(*) from work)';
const INTENT = "set state = 'sending'";

const CHANGES: Readonly<Record<Sabotage, readonly Change[]>> = {
  'settle-window': [],
  fence: [
    {
      statement: COMMIT,
      piece: /e\.fence = k\.fence and e\.state = k\.from/,
      instead: 'k.fence is not null',
    },
    { statement: COMMIT, piece: /w\.fence = due\.fence/, instead: 'due.fence is not null' },
    { statement: INTENT, piece: /e\.fence = a\.fence and e\.state = a\."from"/, instead: 'a.fence is not null' },
  ],
  intent: [
    { statement: INTENT, piece: /set state = 'sending'/, instead: 'set state = e.state' },
    { statement: COMMIT, piece: /e\.state = k\.from/, instead: "(e.state = k.from or k.from = 'sending')" },
  ],
};

/** Rewrites what goes to the database through this pool from now on. */
export function tamperWithStatements(sabotage: Sabotage, pool: pg.Pool): void {
  const changes = CHANGES[sabotage];
  if (changes.length === 0) return;
  const tampered = new WeakSet<pg.PoolClient>();
  // At every hand-over, because some connections are open already.
  pool.on('acquire', (client) => {
    if (tampered.has(client)) return;
    tampered.add(client);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const instead = (sent: unknown, ...rest: unknown[]): unknown => {
      if (typeof sent === 'string') return query(rewritten(sent, changes), ...rest);
      return query(isNamed(sent) ? { ...sent, text: rewritten(sent.text, changes) } : sent, ...rest);
    };
    client.query = instead as typeof client.query;
  });
}

/** A statement to be prepared, with its name and text. */
function isNamed(sent: unknown): sent is { readonly text: string } {
  return typeof sent === 'object' && sent !== null && 'text' in sent && typeof sent.text === 'string';
}

/** How a worker ends whose sabotage would do nothing. */
export const NOTHING_TO_SABOTAGE = 70;

function rewritten(text: string, changes: readonly Change[]): string {
  let result = text;
  for (const { statement, piece, instead } of changes) {
    if (!text.includes(statement)) continue;
    if (!piece.test(result)) {
      process.stderr.write(`the sabotage finds nothing to rewrite: ${String(piece)}\n`);
      process.exit(NOTHING_TO_SABOTAGE);
    }
    result = result.replace(piece, instead);
  }
  return result;
}
