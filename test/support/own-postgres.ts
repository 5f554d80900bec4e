import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDatabase } from '../../src/store/database.ts';
import { findPostgresPrograms } from '../../src/store/embedded/postgres-binaries.ts';
import type { TestCertificates } from './certificates.ts';
import type { TestDatabase } from './database.ts';

const run = promisify(execFile);

/** A PostgreSQL server of one test's own, which may be mistreated; its one database is empty at first. */
export interface OwnPostgres extends TestDatabase {
  /** Pulls the plug and starts it again at the same address. */
  restart(): Promise<void>;
  /** Ends every session but the test's own; returns how many. */
  cutSessions(): Promise<number>;
  /** Refuses writes from now on, as a standby does, or takes them again. */
  setReadOnly(on: boolean): Promise<void>;
}

/** Starts one on a port that was free a moment ago; with certificates it speaks TLS, and `url` asks for it. */
export async function startOwnPostgres(port: number, tls: TestCertificates | null = null): Promise<OwnPostgres> {
  const programs = await findPostgresPrograms();
  const directory = await mkdtemp(join(tmpdir(), 'own-postgres-'));
  if (programs.runAs) await run('chown', [String(programs.runAs.uid), directory]);
  const cluster = join(directory, 'cluster');
  const as = async (program: string, args: readonly string[]): Promise<void> => {
    await run(program, args, { ...(programs.runAs ?? {}), cwd: '/', env: { ...process.env, LC_ALL: 'C' } });
  };
  await as(programs.initdb, [
    '-D',
    cluster,
    '--username=pnbsf',
    '--auth=trust',
    '--encoding=UTF8',
    '--no-instructions',
  ]);
  const owned = tls === null ? null : await ownCertificates(cluster, tls, programs.runAs?.uid);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=100 -c jit=off${owned ?? ''}`;
  const start = (): Promise<void> =>
    as(programs.pgCtl, ['-D', cluster, '-l', join(directory, 'cluster', 'server.log'), '-o', settings, '-w', 'start']);
  const stop = (): Promise<void> => as(programs.pgCtl, ['-D', cluster, '-m', 'immediate', '-w', 'stop']);
  await start();
  const query = tls === null ? '' : `?sslmode=verify-full&sslrootcert=${tls.ca}`;
  const url = `postgres://pnbsf@127.0.0.1:${port}/postgres${query}`;
  const database = openDatabase({
    url,
    poolSize: 2,
    statementTimeoutMs: 30_000,
    applicationName: 'test',
    onIdleError: () => undefined,
  });
  return {
    ...database,
    url,
    async restart() {
      await stop();
      await start();
    },
    async cutSessions() {
      const { rows } = await database.pool.query<{ cut: number }>(
        `select count(pg_terminate_backend(pid))::int as cut from pg_stat_activity
          where backend_type = 'client backend' and application_name <> 'test'`,
      );
      return rows[0]?.cut ?? 0;
    },
    async setReadOnly(on) {
      await database.pool.query(`alter system set default_transaction_read_only = ${on ? 'on' : 'off'}`);
      await database.pool.query('select pg_reload_conf()');
    },
    async close() {
      await database.close();
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The server takes a key only when nobody else may read it. Returns the words that name both files. */
async function ownCertificates(cluster: string, tls: TestCertificates, uid: number | undefined): Promise<string> {
  const [cert, key] = [join(cluster, 'server.crt'), join(cluster, 'server.key')];
  await copyFile(tls.cert, cert);
  await copyFile(tls.key, key);
  await chmod(key, 0o600);
  if (uid !== undefined) await Promise.all([cert, key].map((file) => chown(file, uid, -1)));
  return ` -c ssl=on -c ssl_cert_file=${cert} -c ssl_key_file=${key}`;
}
