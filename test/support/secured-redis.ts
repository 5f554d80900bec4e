import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../bench/chaos/servers/free-port.ts';
import { closeRedis, connectRedis, DIRECT, type RedisReach } from '../../src/redis-connection.ts';
import type { TestCertificates } from './certificates.ts';
import { until } from './until.ts';

export const USER = 'pnbsf';
export const PASSWORD = 'secret-de-test';
/** The rights docs/scale-out.md gives the product: its own keys, and no command that looks after the server. */
export const RIGHTS = '~{pnbsf-cmu}:* &* +@all -@admin -@dangerous +info';

/** A Redis as an operator secures it: TLS only, one user with a password and rights over the product's own keys. */
export interface SecuredRedis {
  readonly port: number;
  /** `rediss://` with user and password. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts one in a folder of its own. `words`: further words of redis.conf. */
export async function startSecuredRedis(
  folder: string,
  tls: TestCertificates,
  words: readonly string[] = [],
): Promise<SecuredRedis> {
  const port = await freePort();
  const file = join(folder, `redis-${port}.conf`);
  await writeFile(
    file,
    [
      ...tlsLines(port, tls),
      `dir ${folder}`,
      'save ""',
      'maxmemory-policy noeviction',
      'user default off',
      `user ${USER} on >${PASSWORD} ${RIGHTS}`,
      // For Sentinel, which orders fail-overs.
      `user sentinelle on >${PASSWORD} ~* &* +@all`,
      `masteruser sentinelle`,
      `masterauth ${PASSWORD}`,
      ...words,
    ].join('\n'),
  );
  const server = spawn('redis-server', [file], { stdio: 'ignore' });
  const url = `rediss://${USER}:${PASSWORD}@127.0.0.1:${port}`;
  if (!words.some((word) => word.startsWith('replicaof'))) await answering(url, { ...DIRECT, caFile: tls.ca });
  return { port, url, stop: () => killed(server) };
}

/** A Sentinel that watches one master by the name `groupe`; TLS, with a password of its own. */
export async function startSentinel(folder: string, tls: TestCertificates, master: number): Promise<SecuredRedis> {
  const port = await freePort();
  const file = join(folder, `sentinel-${port}.conf`);
  await writeFile(
    file,
    [
      ...tlsLines(port, tls),
      `dir ${folder}`,
      `requirepass ${PASSWORD}`,
      `sentinel monitor groupe 127.0.0.1 ${master} 1`,
      'sentinel auth-user groupe sentinelle',
      `sentinel auth-pass groupe ${PASSWORD}`,
      'sentinel down-after-milliseconds groupe 500',
      'sentinel failover-timeout groupe 3000',
    ].join('\n'),
  );
  const server = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
  return { port, url: `rediss://:${PASSWORD}@127.0.0.1:${port}`, stop: () => killed(server) };
}

/** Resolves when it answers by these means. */
export async function answering(url: string, reach: RedisReach): Promise<void> {
  await until('Redis answers', async () => {
    const client = connectRedis(url, reach, { once: true, connectTimeout: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.info('replication')).includes('role:master');
    } catch {
      return false;
    } finally {
      closeRedis(client);
    }
  });
}

function tlsLines(port: number, { ca, cert, key }: TestCertificates): readonly string[] {
  return [
    'port 0',
    `tls-port ${port}`,
    'bind 127.0.0.1',
    `tls-ca-cert-file ${ca}`,
    `tls-cert-file ${cert}`,
    `tls-key-file ${key}`,
    'tls-auth-clients no',
    'tls-replication yes',
  ];
}

async function killed(server: ChildProcess): Promise<void> {
  server.kill('SIGKILL');
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
}
