/**
 * A real PostgreSQL in a folder, for a first try and for tests: started when a command needs it, found again when
 * another command already runs it, stopped by whoever leaves it last. Production sets DATABASE_URL and never comes here.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { isSomebodyElse } from './postmaster-process.ts';
import {
  EmbeddedPostgresUnavailable,
  findPostgresPrograms,
  isReadableByAll,
  type PostgresPrograms,
} from './postgres-binaries.ts';

const run = promisify(execFile);

export interface EmbeddedPostgres {
  readonly url: string;
  /** Stops the server unless another command uses it; whoever leaves last stops it. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, its password and its log. Made if missing. */
  readonly directory: string;
  /** For throw-away data only: no fsync, which a power cut would not forgive. */
  readonly durable: boolean;
}

/** Makes the cluster on first use (about 1 s), then starts or joins it. Listens on 127.0.0.1 only. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const programs = await findPostgresPrograms();
  const directory = resolve(options.directory);
  const cluster = programs.runAs === null ? join(directory, 'cluster') : await reachableCluster(directory);
  const password = await clusterPassword(directory);
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  if (programs.runAs) await chown(cluster, programs.runAs.uid, programs.runAs.gid);
  if (!(await isFile(join(cluster, 'PG_VERSION')))) await initialise(programs, directory, cluster);
  const running = await runningPort(programs, cluster);
  const port = running ?? (await start(programs, cluster, options.durable));
  const url = `postgres://pnbsf:${password}@127.0.0.1:${port}/postgres`;
  return {
    url,
    stop: async () => {
      if (await staysInUse(url)) return;
      await asServer(programs, programs.pgCtl, ['-D', cluster, '-m', 'fast', '-w', 'stop']);
    },
  };
}

/**
 * Started by root, the server runs as another user, who must be able to reach its data: a folder under /root cannot be.
 * The data then lie in the machine's folder for lasting temporary files, under a name made from the folder asked for.
 */
async function reachableCluster(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  if (await isReadableByAll(directory)) return join(directory, 'cluster');
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  return join('/var/tmp', `pnbsf-cmu-${name}`);
}

/** Connections this process has just closed are still listed for some milliseconds; another command's stay. */
async function staysInUse(url: string): Promise<boolean> {
  for (let looks = 0; looks < CLOSING_LOOKS; looks++) {
    if (!(await isInUse(url))) return false;
    await pause(CLOSING_MS);
  }
  return true;
}

const CLOSING_LOOKS = 8;
const CLOSING_MS = 50;

/** Whether anybody but us is connected. A server that does not answer is not in use. */
async function isInUse(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the server may be stopped by another command at this very moment
  try {
    await client.connect();
    const { rows } = await client.query<{ others: number }>(
      `select count(*)::int as others from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    return (rows[0]?.others ?? 0) > 0;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

async function clusterPassword(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'password');
  if (!(await isFile(path))) await writeFile(path, randomBytes(18).toString('hex'), { mode: 0o600 });
  return readFile(path, 'utf8');
}

async function initialise(programs: PostgresPrograms, directory: string, cluster: string): Promise<void> {
  const passwordFile = `${cluster}.password-${process.pid}`;
  await writeFile(passwordFile, await clusterPassword(directory), { mode: 0o600 });
  if (programs.runAs) await chown(passwordFile, programs.runAs.uid, programs.runAs.gid);
  try {
    await asServer(programs, programs.initdb, [
      ...['-D', cluster, '--username=pnbsf', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['--encoding=UTF8', '--locale=C', '--no-instructions'],
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function start(programs: PostgresPrograms, cluster: string, durable: boolean): Promise<number> {
  const port = await freePort();
  const settings = [
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200`,
    '-c shared_buffers=128MB -c timezone=UTC -c lc_messages=C -c log_min_messages=error -c jit=off',
    durable ? '' : '-c fsync=off -c synchronous_commit=off -c full_page_writes=off',
  ];
  const log = join(cluster, 'server.log');
  await asServer(programs, programs.pgCtl, ['-D', cluster, '-l', log, '-o', settings.join(' '), '-w', 'start']);
  return port;
}

/** Port of the server that already runs on this cluster; null when none does. */
async function runningPort(programs: PostgresPrograms, cluster: string): Promise<number | null> {
  const path = join(cluster, 'postmaster.pid');
  const pidFile = await readFile(path, 'utf8').catch(() => null);
  if (pidFile === null) return null;
  const [pid, , , port] = pidFile.split('\n');
  // After a power cut, or in a container started anew, the number may belong to another process by now. PostgreSQL's own
  // programs only look whether it lives, and would refuse to start for as long as it does.
  if (await isSomebodyElse(Number(pid), cluster)) {
    await rm(path, { force: true });
    return null;
  }
  try {
    await asServer(programs, programs.pgCtl, ['-D', cluster, 'status']);
  } catch {
    return null; // a stale file left by a power cut; pg_ctl start replaces it
  }
  return Number(port);
}

async function asServer(programs: PostgresPrograms, program: string, args: readonly string[]): Promise<void> {
  // stdio of the server must not keep this process's pipes open, hence the log file given to pg_ctl.
  const identity = programs.runAs ?? {};
  try {
    await run(program, args, { ...identity, cwd: '/', env: { ...process.env, LC_ALL: 'C' } });
  } catch (cause) {
    throw new EmbeddedPostgresUnavailable(
      `Le PostgreSQL embarqué n’a pas pu démarrer (${program.split(/[\\/]/).at(-1) ?? ''}). Son journal est dans le ` +
        `dossier de données ; DATABASE_URL permet d’en utiliser un autre.`,
      { cause },
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}

async function isFile(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
