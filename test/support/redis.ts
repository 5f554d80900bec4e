import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../bench/chaos/servers/free-port.ts';
import { until } from './until.ts';

/** A Redis server of its own, on a free port, that keeps nothing on disk. */
export interface TestRedis {
  readonly url: string;
  /** For looking inside and for emptying it. */
  readonly client: Redis;
  /** Stops answering, with its connections open; until thawed. */
  freeze(): void;
  thaw(): void;
  /** Kills it and starts an empty one at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Whether `redis-server` can be started here. Where it must not be missing (`PNBSF_FORBID_SKIP=1`) its absence is an
 * error; elsewhere the suites that need it are skipped, and say so.
 */
export function hasRedis(): boolean {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0) return true;
  if (process.env['PNBSF_FORBID_SKIP'] === '1') throw new Error('redis-server is missing and PNBSF_FORBID_SKIP is set');
  process.stderr.write('SKIPPED: redis-server is not installed; nothing is shown about queues on Redis.\n');
  return false;
}

/** Starts one. */
export async function startRedis(): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--rdbcompression',
    'no',
    '--dir',
    directory,
  ];
  const start = (): ChildProcess => spawn('redis-server', settings, { stdio: 'ignore' });
  let server = start();
  const kill = async (): Promise<void> => {
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  };
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { retryStrategy: () => 50 });
  client.on('error', () => undefined); // refused until the server listens
  const answers = (): Promise<unknown> =>
    until('Redis answers', async () => (await client.ping().catch(() => null)) === 'PONG');
  await answers();
  return {
    url,
    client,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async restart() {
      await kill();
      server = start();
      await answers();
    },
    async stop() {
      client.disconnect();
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
