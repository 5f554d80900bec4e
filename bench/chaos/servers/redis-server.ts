import { spawnSync, type ChildProcess } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { killed, startChild } from './child.ts';
import { freePort } from './free-port.ts';

/** The Redis of a run: append-only file as in production, on 127.0.0.1. */
export interface RunRedis {
  readonly url: string;
  /** Empties it while it runs. */
  flush(): Promise<void>;
  /** `kill -9` and a new start, with what its file kept or with nothing. */
  restart(keep: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Whether it can be started here. */
export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Starts one whose data lie in a folder of their own. */
export async function startRedis(folder: string, logFile: string): Promise<RunRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const data = join(folder, 'redis');
  const start = async (): Promise<ChildProcess> => {
    await mkdir(data, { recursive: true });
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', data, '--save', ''];
    const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'];
    const child = startChild({ program: 'redis-server', args: [...args, ...durable], logFile });
    await answering(url);
    return child;
  };
  let server = await start();
  return {
    url,
    flush: () =>
      withClient(url, async (client) => {
        await client.flushall();
      }),
    async restart(keep) {
      await killed(server);
      if (!keep) await rm(data, { recursive: true, force: true });
      server = await start();
    },
    stop: () => killed(server),
  };
}

const LOOK_MS = 20;
const PATIENCE_MS = 20_000;

async function answering(url: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const pong = await withClient(url, (client) => client.ping()).catch(() => null);
    if (pong === 'PONG') return;
    await pause(LOOK_MS);
  }
  throw new Error('redis-server does not answer');
}

async function withClient<T>(url: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  client.on('error', () => undefined); // the awaited command reports it
  try {
    await client.connect();
    return await use(client);
  } finally {
    client.disconnect();
  }
}
