import { chmod, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { doctor } from '../../src/cli/commands/doctor.ts';
import type { Check } from '../../src/doctor/check.ts';
import { examine } from '../../src/doctor/examine.ts';
import { runProbes } from '../../src/doctor/run-probes.ts';
import { createTestDatabase } from '../support/database.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { check, checks, Patient, type Settings } from './patient.ts';
import { runCommand, type CommandResult } from './run-command.ts';

let patient: Patient;
beforeAll(async () => {
  patient = await Patient.open();
});
afterAll(() => patient.close());

describe('an installation in order', () => {
  it('passes every check', async () => {
    const { url, securityServers } = await patient.sandbox({ securityServers: 2 });
    const urls = securityServers.map((server) => server.url).join(',');
    const found = await examine(
      patient.settings({ XROAD_SECURITY_SERVERS: urls, XROAD_HEALTH_URLS: securityServers[0]?.healthUrl ?? '' }),
    );
    expect(found.filter(({ ok }) => ok === false)).toEqual([]);
    const passed = found.filter(({ ok }) => ok === true).map(({ name }) => name);
    expect(passed).toEqual(expect.arrayContaining(['versions', 'durées', 'tables de référence', 'dossier de données']));
    expect(passed.filter((name) => name.startsWith('PostgreSQL'))).toHaveLength(5);
    expect(passed.filter((name) => name.startsWith('droits sur '))).toHaveLength(4);
    expect(passed.filter((name) => name.startsWith(`serveur de sécurité ${new URL(url).host}`))).toHaveLength(3);
    expect(passed.filter((name) => name.startsWith('sonde de santé'))).toHaveLength(1);
    expect(found.filter(({ ok }) => ok === true && 'advice' in found).map(({ advice }) => advice)).toEqual([]);
  });

  it('shows what is not configured, and fails nothing for it', async () => {
    const found = await examine({ PNBSF_DATA: patient.folder, XROAD_SECURITY_SERVERS: (await patient.sandbox()).url });
    const idle = found.filter(({ ok }) => ok === null).map(({ name, detail }) => `${name} : ${detail}`);
    expect(idle.join('\n')).toMatch(
      /PostgreSQL : embarqué.*\nRedis : non configuré.*\n[^]*courrier \(SMTP\) : non conf/,
    );
  });
});

describe('the database', () => {
  it('that does not answer fails all its checks, and the address is not repeated', async () => {
    const found = await checks(patient.settings({ DATABASE_URL: 'postgres://moi:secret@127.0.0.1:1/x' }), 'PostgreSQL');
    expect(found.map(({ ok, detail }) => ({ ok, detail }))).toEqual(
      Array(5).fill({ ok: false, detail: 'indisponible (ECONNREFUSED)' }),
    );
    expect(JSON.stringify(found)).not.toContain('secret');
    expect(found[0]?.advice).toContain('DATABASE_URL');
  });

  it('with a wrong password, or that does not exist, is told apart', async () => {
    const wrong = new URL(patient.database.url);
    wrong.pathname = '/absente';
    expect((await check(patient.settings({ DATABASE_URL: wrong.href }), 'PostgreSQL')).advice).toContain(
      'n’existe pas',
    );
    wrong.password = 'faux';
    expect((await check(patient.settings({ DATABASE_URL: wrong.href }), 'PostgreSQL')).advice).toContain(
      'mot de passe',
    );
  });

  it('that lacks a migration, or has one of the future, is told', async () => {
    const own = await createTestDatabase();
    try {
      const environment = patient.settings({ DATABASE_URL: own.url });
      await own.pool.query("update kysely_migration set name = '9999-futur.sql' where name like '0001%'");
      expect(await check(environment, 'schéma')).toMatchObject({
        ok: false,
        detail: 'la base est plus récente que ce programme',
      });
      await own.pool.query('drop table kysely_migration');
      const missing = await check(environment, 'schéma');
      expect(missing.detail).toMatch(/^\d+ migration\(s\) à appliquer$/);
      expect(missing.advice).toContain('pnbsf-cmu migrate');
      await own.pool.query(
        "do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$",
      );
      expect(await check(environment, 'écriture')).toMatchObject({ ok: false, detail: 'lecture seule' });
    } finally {
      await own.close();
    }
  });
});

const withRedis = hasRedis() ? describe : describe.skip;
withRedis('Redis', () => {
  it('that may drop jobs, keeps no journal or is nearly full is told what to set', async () => {
    const redis = await startRedis();
    try {
      const environment = patient.settings({ REDIS_URL: redis.url });
      await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
      const [version, eviction, journal, memory] = await checks(environment, 'Redis');
      expect(version).toMatchObject({ ok: true });
      expect(eviction).toMatchObject({
        ok: false,
        detail: 'politique « allkeys-lru » : des travaux peuvent disparaître',
      });
      expect(eviction?.advice).toContain('noeviction');
      expect(journal).toMatchObject({ ok: false });
      expect(memory).toMatchObject({ ok: true, detail: 'aucune limite' });
      await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
      await redis.client.config('SET', 'appendonly', 'yes');
      await redis.client.config('SET', 'maxmemory', '900000');
      const [, after, kept, full] = await checks(environment, 'Redis');
      expect([after?.ok, kept?.ok, full?.ok]).toEqual([true, true, false]);
      expect(full?.advice).toContain('maxmemory');
    } finally {
      await redis.stop();
    }
  });
});

it('a Redis that does not answer fails, and its password is not repeated', async () => {
  const found = await checks(patient.settings({ REDIS_URL: 'redis://:secret@127.0.0.1:1' }), 'Redis');
  expect(found.map(({ ok }) => ok)).toEqual([false, false, false, false]);
  expect(found[0]?.detail).toBe('indisponible : personne n’écoute à cette adresse (ECONNREFUSED)');
  expect(JSON.stringify(found)).not.toContain('secret');
});

describe('files and settings', () => {
  it('a département without insurer is named', async () => {
    const config = join(patient.folder, 'config');
    await cp('config', config, { recursive: true });
    const table = join(config, 'departements.csv');
    await writeFile(table, (await readFile(table, 'utf8')).replace('UDAM-PIKINE', ''));
    const environment = patient.settings({ PNBSF_CONFIG: config });
    expect(await check(environment, 'assureurs')).toMatchObject({ ok: false, detail: 'sans assureur : Pikine' });
    await writeFile(table, 'departement;region\nDakar\n');
    expect((await check(environment, 'tables de référence')).detail).toContain('departements.csv, ligne 2');
    await rm(join(config, 'policy.json'));
    expect((await check(environment, 'tables de référence')).detail).toMatch(/^fichier introuvable : .*policy\.json$/);
  });

  it('durations that are unwise are named', async () => {
    const found = await check(patient.settings({ XROAD_WRITE_MS: '20000', XROAD_CONNECT_MS: '60000' }), 'durées');
    expect(found).toMatchObject({ ok: false });
    expect(found.detail).toMatch(/XROAD_WRITE_MS .* ; XROAD_CONNECT_MS/);
  });

  it('settings that cannot be read are the only check, with every fault', async () => {
    expect(await examine({ PNBSF_POOL: 'x', XROAD_READ_MS: '-1' })).toMatchObject([
      { name: 'réglages', ok: false, detail: expect.stringMatching(/XROAD_READ_MS.*PNBSF_POOL/) },
    ]);
  });

  it('a mail server must greet as one', async () => {
    const greetings = ['220 essai ESMTP\r\n', '421 fermé\r\n'];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(greetings.shift() ?? '');
    });
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const environment = patient.settings({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    expect(await check(environment, 'courrier')).toMatchObject({ ok: true });
    expect(await check(environment, 'courrier')).toMatchObject({ ok: false });
    await new Promise((resolve) => server.close(resolve));
    expect((await check(environment, 'courrier')).detail).toBe('injoignable (ECONNREFUSED)');
  });

  it('a data patient.folder is looked for upwards until it exists', async () => {
    const deep = join(patient.folder, 'a', 'b');
    expect(await check(patient.settings({ PNBSF_DATA: deep }), 'dossier de données')).toMatchObject({ ok: true });
    if (process.getuid?.() === 0) return; // root may write anywhere
    await chmod(patient.folder, 0o500);
    expect(await check(patient.settings({ PNBSF_DATA: deep }), 'dossier de données')).toMatchObject({ ok: false });
    await chmod(patient.folder, 0o700);
  });
});

describe('the runner', () => {
  it('bounds each look by itself and keeps the order', async () => {
    const found = await runProbes(
      [
        { name: 'endless', look: () => new Promise(() => undefined) },
        {
          name: 'throws',
          look: () => {
            throw Object.assign(new Error('Awa Ndiaye'), { code: 'EPIPE' });
          },
        },
        { name: 'good', look: () => ({ ok: true, detail: 'oui', advice: '' }) },
      ],
      20,
    );
    expect(found.map(({ name, ok }) => [name, ok])).toEqual([
      ['endless', false],
      ['throws', false],
      ['good', true],
    ]);
    expect(found[1]?.detail).toBe('erreur EPIPE');
  });
});

describe('the command', () => {
  const run = async (environment: Settings, ...words: string[]): Promise<CommandResult> => {
    const before = process.env;
    process.env = { ...before, ...environment };
    try {
      return await runCommand(doctor, words);
    } finally {
      process.env = before;
    }
  };

  it('lists checks with advice under each failure, and ends with 1', async () => {
    const { status, text } = await run(patient.settings());
    expect(status).toBe(1);
    expect(text).toMatch(/^✓ versions : pnbsf-cmu \d/m);
    expect(text).toMatch(/^✗ serveurs de sécurité : aucun.*\n {2}→ Indiquez XROAD_SECURITY_SERVERS/m);
    expect(text).toMatch(/^– Redis : non configuré/m);
    expect(text).toContain('Contrôles en échec : 1 sur');
  });

  it('ends with 0 when nothing failed, JSON with four members a check', async () => {
    const { status, json } = await run(
      patient.settings({ XROAD_SECURITY_SERVERS: (await patient.sandbox()).url }),
      '--json',
    );
    expect(status).toBe(0);
    const { checks: listed } = json as { checks: readonly Check[] };
    expect(listed.length).toBeGreaterThan(12);
    for (const one of listed) expect(Object.keys(one).sort()).toEqual(['advice', 'detail', 'name', 'ok']);
  });
});
