import { mkdtemp, rm, readFile, writeFile, chmod, chown, stat } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';

let directory: string;
let pidFile: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'power-cut-'));
  // Under root the server runs as another user and must get in.
  await chmod(directory, 0o755);
  pidFile = join(directory, 'cluster', 'postmaster.pid');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Starts it, pulls the plug under it and puts back the file a power cut leaves, under this process number. */
async function leaveBehind(pid: (former: number) => number): Promise<void> {
  await startEmbeddedPostgres({ directory, durable: true });
  const left = await readFile(pidFile, 'utf8');
  const { uid, gid } = await stat(pidFile);
  const server = Number(left.split('\n')[0]);
  process.kill(server, 'SIGQUIT');
  await gone(server);
  await writeFile(pidFile, left.replace(/^\d+/, String(pid(server))), { mode: 0o600 });
  await chown(pidFile, uid, gid);
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function answers(): Promise<boolean> {
  const server = await startEmbeddedPostgres({ directory, durable: true });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<{ one: number }>('select 1 as one');
  await client.end();
  await server.stop();
  return rows[0]?.one === 1;
}

describe('the embedded PostgreSQL after a power cut', () => {
  it('starts over the file of a process that is gone', async () => {
    await leaveBehind((former) => former);
    expect(await answers()).toBe(true);
  }, 30_000);

  it('starts although the number in the file belongs to another process by now', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 60_000)'], { stdio: 'ignore' });
    try {
      await leaveBehind(() => other.pid ?? 0);
      expect(await answers()).toBe(true);
    } finally {
      other.kill('SIGKILL');
    }
  }, 30_000);

  it('joins the server of another command, which goes on', async () => {
    const one = await startEmbeddedPostgres({ directory, durable: true });
    const other = await startEmbeddedPostgres({ directory, durable: true });
    expect(other.url).toBe(one.url);
    await one.stop();
  }, 30_000);
});

describe('the embedded PostgreSQL of a command that ends', () => {
  it('stops although connections of this process are still closing', async () => {
    const server = await startEmbeddedPostgres({ directory, durable: true });
    const pool = new pg.Pool({ connectionString: server.url, max: 10 });
    await Promise.all(Array.from({ length: 10 }, () => pool.query('select pg_sleep(0)')));
    const closed = pool.end();
    await server.stop();
    await closed;
    await expect(readFile(pidFile)).rejects.toThrow('ENOENT');
  }, 30_000);

  it('goes on while another command is connected', async () => {
    const server = await startEmbeddedPostgres({ directory, durable: true });
    const other = new pg.Client({ connectionString: server.url });
    await other.connect();
    await server.stop();
    expect((await other.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await other.end();
    await server.stop();
  }, 30_000);
});
