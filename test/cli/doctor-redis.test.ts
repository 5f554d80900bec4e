import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkBackend } from '../../jobs/queue-backend.ts';
import { readConfig } from '../../src/config.ts';
import { connectRedis, DIRECT } from '../../src/redis-connection.ts';
import { makeCertificates, type TestCertificates } from '../support/certificates.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import {
  answering,
  PASSWORD,
  startSecuredRedis,
  startSentinel,
  USER,
  type SecuredRedis,
} from '../support/secured-redis.ts';
import { until } from '../support/until.ts';
import { check, Patient, type Settings } from './patient.ts';

async function infoOf({ url }: SecuredRedis, { ca }: TestCertificates): Promise<string> {
  const client = connectRedis(url, { ...DIRECT, caFile: ca }, { once: true });
  try {
    await client.connect();
    return await client.info('sentinel');
  } finally {
    client.disconnect();
  }
}

const withRedis = hasRedis() ? describe : describe.skip;
withRedis('a Redis with TLS and a user of its own', () => {
  let patient: Patient;
  let folder: string;
  let tls: TestCertificates;
  let redis: SecuredRedis;
  beforeAll(async () => {
    patient = await Patient.open();
    folder = await mkdtemp(join(tmpdir(), 'redis-tls-'));
    tls = makeCertificates(folder, 'redis');
    redis = await startSecuredRedis(folder, tls);
  });
  afterAll(async () => {
    await redis.stop();
    await patient.close();
    await rm(folder, { recursive: true, force: true });
  });

  const look = async (settings: Settings): Promise<string> => {
    const { ok, detail, advice } = await check(patient.settings(settings), 'Redis : connexion');
    expect(JSON.stringify({ detail, advice })).not.toContain(PASSWORD);
    return `${ok === true ? 'bon' : 'mauvais'} : ${detail} → ${advice}`;
  };

  it('is reached with its authority, and called by its trouble otherwise', async () => {
    const right = { REDIS_URL: redis.url, REDIS_TLS_CA: tls.ca };
    expect(await look(right)).toMatch(/^bon : Redis \d/);
    expect(await look({ REDIS_URL: redis.url })).toMatch(/^mauvais : .*autorité inconnue.*→.*REDIS_TLS_CA/);
    const other = makeCertificates(folder, 'autre');
    expect(await look({ ...right, REDIS_TLS_CA: other.ca })).toMatch(/autorité inconnue/);
    expect(await look({ ...right, REDIS_TLS_CA: join(folder, 'absent.pem') })).toMatch(
      /fichier de l’autorité illisible/,
    );
    expect(await look({ ...right, REDIS_URL: redis.url.replace('127.0.0.1', 'localhost') })).toMatch(
      /pour un autre nom/,
    );
    expect(await look({ ...right, REDIS_URL: redis.url.replace(PASSWORD, 'faux') })).toMatch(
      /refuse l’utilisateur ou le mot de passe/,
    );
    expect(await look({ ...right, REDIS_URL: `rediss://127.0.0.1:${redis.port}` })).toMatch(/demande un mot de passe/);
    expect(await look({ REDIS_URL: redis.url.replace('rediss', 'redis') })).toMatch(/coupée.*→.*rediss:/);
  });

  it('without TLS, asked with it, is told', async () => {
    const plain = await startRedis();
    try {
      expect(await look({ REDIS_URL: plain.url.replace('redis:', 'rediss:') })).toMatch(/pas de réponse.*sans TLS/);
    } finally {
      await plain.stop();
    }
  });

  it('whose rights do not reach is told', async () => {
    const narrow = await startSecuredRedis(folder, tls, ['user etroit on >etroit ~* +@all -info']);
    try {
      const url = narrow.url.replace(`${USER}:${PASSWORD}`, 'etroit:etroit');
      expect(await look({ REDIS_URL: url, REDIS_TLS_CA: tls.ca })).toMatch(/droits \(ACL\)/);
    } finally {
      await narrow.stop();
    }
  });

  it('keeps a process from starting in the same words', async () => {
    const backend = { kind: 'redis', url: redis.url, prefix: 'pnbsf-cmu' } as const;
    await checkBackend({ ...backend, reach: { ...DIRECT, caFile: tls.ca } });
    await expect(checkBackend(backend)).rejects.toMatchObject({
      code: 'REDIS_INJOIGNABLE',
      message: 'Redis est injoignable : certificat signé par une autorité inconnue.',
      remedy: expect.stringContaining('REDIS_TLS_CA'),
    });
  });

  it('is found by a Sentinel, which names another once it is gone', async () => {
    const master = await startSecuredRedis(folder, tls);
    const replica = await startSecuredRedis(folder, tls, [`replicaof 127.0.0.1 ${master.port}`]);
    const sentinel = await startSentinel(folder, tls, master.port);
    try {
      const reach = {
        caFile: tls.ca,
        sentinels: [{ host: '127.0.0.1', port: sentinel.port }],
        sentinelName: 'groupe',
        sentinelPassword: PASSWORD,
      };
      await answering(redis.url, reach);
      const settings = {
        REDIS_URL: `rediss://${USER}:${PASSWORD}@ignoré`,
        REDIS_TLS_CA: tls.ca,
        REDIS_SENTINELS: `127.0.0.1:${sentinel.port}`,
        REDIS_SENTINEL_NAME: 'groupe',
        REDIS_SENTINEL_PASSWORD: PASSWORD,
      };
      expect(await look(settings)).toMatch(/^bon/);
      expect(await look({ ...settings, REDIS_SENTINEL_NAME: 'autre' })).toMatch(/aucun Sentinel/);
      expect(await look({ REDIS_URL: replica.url, REDIS_TLS_CA: tls.ca })).toMatch(/réplique/);
      await until('the Sentinel knows the replica', async () => /slaves=1/.test(await infoOf(sentinel, tls)));
      await master.stop();
      await answering(redis.url, reach);
      expect(await look(settings)).toMatch(/^bon/);
    } finally {
      await replica.stop();
      await sentinel.stop();
      await master.stop();
    }
  });
});

describe('the settings beside REDIS_URL', () => {
  const faults = (settings: Settings): string => {
    try {
      readConfig(settings);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };

  it('are read', () => {
    const { redisReach } = readConfig({
      REDIS_URL: 'rediss://x',
      REDIS_TLS_CA: '/ca.pem',
      REDIS_SENTINELS: 'a.example:26379, [::1]:26380',
    });
    expect(redisReach).toEqual({
      caFile: '/ca.pem',
      sentinels: [
        { host: 'a.example', port: 26379 },
        { host: '::1', port: 26380 },
      ],
      sentinelName: 'mymaster',
      sentinelPassword: null,
    });
  });

  it('that contradict each other keep the program from starting', () => {
    expect(faults({ REDIS_SENTINELS: 'a:1' })).toContain('REDIS_URL');
    expect(faults({ REDIS_URL: 'redis://a', REDIS_TLS_CA: '/ca.pem' })).toContain('rediss://');
    expect(faults({ REDIS_URL: 'redis://a', REDIS_SENTINELS: 'a' })).toContain('hôte:port');
    expect(faults({ REDIS_URL: 'redis://a', REDIS_SENTINELS: 'a:1' })).toBe('');
  });
});
