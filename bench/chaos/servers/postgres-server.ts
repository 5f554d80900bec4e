import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findPostgresPrograms } from '../../../src/store/embedded/postgres-binaries.ts';
import { startEmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.ts';

/** The PostgreSQL of a run, durable as in production. */
export interface RunPostgres {
  readonly url: string;
  /** A statement of the observer's; throws while the server is away. */
  readonly rows: <Row extends object>(statement: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** `immediate`: no check-point, recovery from the log on the next start, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);

/** The observer's name, by which its own session is left alone. */
export const OBSERVER = 'chaos';

/** Makes the cluster in a folder and starts it. */
export async function startPostgres(folder: string): Promise<RunPostgres> {
  const directory = join(folder, 'postgres');
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
  const programs = await findPostgresPrograms();
  const { url } = await startEmbeddedPostgres({ directory, durable: true });
  const pool = new pg.Pool({
    connectionString: url,
    max: 3,
    application_name: OBSERVER,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 120_000,
    options: '-c default_transaction_read_only=off',
  });
  pool.on('error', () => undefined); // cut with the others; the next statement opens another
  const rows = async <Row extends object>(statement: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await pool.query<Row>(statement, [...values])).rows;
  const [data] = await rows<{ data_directory: string }>('show data_directory');
  const cluster = data?.data_directory ?? join(directory, 'cluster');
  const asServer = { ...programs.runAs, cwd: '/' };
  // What ends this process any way must not leave the server behind: a signal, which needs no other process.
  const stopNow = (): void => {
    const pidFile = join(cluster, 'postmaster.pid');
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
  };
  process.on('exit', stopNow);
  return {
    url,
    rows,
    async restart() {
      // The options of the first start, port included, are kept in the cluster and used again.
      const log = join(cluster, 'server.log');
      await run(programs.pgCtl, ['-D', cluster, '-m', 'immediate', '-l', log, '-w', 'restart'], asServer);
    },
    async stop() {
      process.off('exit', stopNow);
      await pool.end();
      await run(programs.pgCtl, ['-D', cluster, '-m', 'immediate', '-w', 'stop'], asServer);
      // Started by root the cluster may lie outside the folder of the run.
      if (!cluster.startsWith(folder)) rmSync(cluster, { recursive: true, force: true });
    },
  };
}
