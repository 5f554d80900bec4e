import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_DIRECTORY } from '../../fixtures/sandbox/security-server/directory.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../fixtures/sandbox/start-sandbox.ts';
import { doctor } from '../../src/cli/commands/doctor.ts';
import type { Check } from '../../src/doctor/check.ts';
import { examine } from '../../src/doctor/examine.ts';
import { runProbes } from '../../src/doctor/run-probes.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { runCommand } from './run-command.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const open: Sandbox[] = [];
async function sandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const registries = { idCards: new Map<string, never>(), birthActs: [], covers: [], rnuBatches: [] };
  const started = await startSandbox({ registries, seed: 1, ...options });
  open.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});

const settings = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  PNBSF_DATA: folder,
  DATABASE_URL: database.url,
  ...more,
});

/** The checks whose names begin so, by what follows. */
async function checks(environment: Readonly<Record<string, string>>, beginning = ''): Promise<readonly Check[]> {
  return (await examine(environment)).filter(({ name }) => name.startsWith(beginning));
}
async function check(environment: Readonly<Record<string, string>>, part: string): Promise<Check> {
  const found = (await examine(environment)).find(({ name }) => name.includes(part));
  if (found === undefined) throw new Error(`no check about ${part}`);
  return found;
}

describe('an installation in order', () => {
  it('passes every check', async () => {
    const { url, securityServers } = await sandbox({ securityServers: 2 });
    const urls = securityServers.map((server) => server.url).join(',');
    const found = await examine(
      settings({ XROAD_SECURITY_SERVERS: urls, XROAD_HEALTH_URLS: securityServers[0]?.healthUrl ?? '' }),
    );
    expect(found.filter(({ ok }) => ok === false)).toEqual([]);
    const passed = found.filter(({ ok }) => ok === true).map(({ name }) => name);
    expect(passed).toEqual(expect.arrayContaining(['versions', 'durées', 'tables de référence', 'dossier de données']));
    expect(passed.filter((name) => name.startsWith('PostgreSQL'))).toHaveLength(3);
    expect(passed.filter((name) => name.startsWith('droits sur '))).toHaveLength(4);
    expect(passed.filter((name) => name.startsWith(`serveur de sécurité ${new URL(url).host}`))).toHaveLength(3);
    expect(passed.filter((name) => name.startsWith('sonde de santé'))).toHaveLength(1);
    expect(found.filter(({ ok }) => ok === true && 'advice' in found).map(({ advice }) => advice)).toEqual([]);
  });

  it('shows what is not configured, and fails nothing for it', async () => {
    const found = await examine({ PNBSF_DATA: folder, XROAD_SECURITY_SERVERS: (await sandbox()).url });
    const idle = found.filter(({ ok }) => ok === null).map(({ name, detail }) => `${name} : ${detail}`);
    expect(idle.join('\n')).toMatch(
      /PostgreSQL : embarqué.*\nRedis : non configuré.*\n[^]*courrier \(SMTP\) : non conf/,
    );
  });
});

describe('the exchange', () => {
  it('a sandbox that is stopped fails its connection, and stops no other check', async () => {
    const { url, stop } = await sandbox();
    await stop();
    const environment = settings({ XROAD_SECURITY_SERVERS: url });
    expect(await check(environment, ': connexion')).toMatchObject({
      ok: true,
      name: 'PostgreSQL : connexion et version',
    });
    const [connection, , registration] = await checks(environment, 'serveur de sécurité');
    expect(connection).toMatchObject({ ok: false, detail: 'injoignable (ECONNREFUSED)' });
    expect(connection?.advice).toContain('XROAD_SECURITY_SERVERS');
    expect(registration).toMatchObject({ ok: false, detail: 'échec : connect-failed' });
    for (const right of await checks(environment, 'droits sur')) expect(right.ok).toBe(false);
  });

  it('none at all is a failure, and so is what is no address', async () => {
    expect(await check(settings(), 'serveurs de sécurité')).toMatchObject({
      ok: false,
      detail: 'aucun n’est configuré',
    });
    const wrong = await check(settings({ XROAD_SECURITY_SERVERS: 'ss1' }), 'serveur de sécurité ss1');
    expect(wrong).toMatchObject({ ok: false, detail: 'ce n’est pas une adresse' });
  });

  it('a client nobody has registered is told so', async () => {
    const { url } = await sandbox();
    const environment = settings({ XROAD_SECURITY_SERVERS: url, XROAD_CLIENT: 'SN/GOV/INCONNU/rien' });
    const registration = await check(environment, ': inscription');
    expect(registration).toMatchObject({ ok: false });
    expect(registration.detail).toContain('SN/GOV/INCONNU/rien n’est pas parmi');
    expect(registration.advice).toContain('XROAD_CLIENT');
    const [right] = await checks(environment, 'droits sur');
    expect(right).toMatchObject({ ok: false });
    expect(right?.detail).toContain('UnknownMember');
    expect(right?.detail).toMatch(/journal : [0-9a-f-]{36}/);
  });

  it('a client without rights is told to ask for them, service by service', async () => {
    const { url } = await sandbox();
    const environment = settings({ XROAD_SECURITY_SERVERS: url, XROAD_CLIENT: 'SN/GOV/VISITEUR/essais' });
    expect(await check(environment, ': inscription')).toMatchObject({ ok: true });
    const rights = await checks(environment, 'droits sur');
    expect(rights.map(({ detail }) => detail)).toEqual(Array(4).fill('aucun droit pour notre sous-système'));
    expect(rights[0]?.advice).toContain('Demandez au fournisseur');
  });

  it('a service that does not exist is told from one without rights', async () => {
    const { url } = await sandbox();
    const environment = settings({
      XROAD_SECURITY_SERVERS: url,
      XROAD_SERVICE_CNI: 'SN/GOV/DAF/cni/autre',
      XROAD_SERVICE_ETAT_CIVIL: 'SN/GOV/ETATCIVIL/actes/verifierNaissance/v9',
    });
    const cni = await check(environment, 'droits sur cni');
    expect(cni).toMatchObject({ ok: false, detail: 'le fournisseur n’offre pas ce service' });
    expect(cni.advice).toContain('XROAD_SERVICE_CNI');
    expect((await check(environment, 'droits sur etat-civil')).advice).toContain('XROAD_SERVICE_ETAT_CIVIL');
    expect(await check(environment, 'droits sur rnu')).toMatchObject({ ok: true });
  });

  it('rights on single calls are compared with what is called', async () => {
    const endpoints = [
      { method: 'GET', path: '/v1/lots' },
      { method: 'GET', path: '/v1/lots/*/membres' },
    ];
    const rights = DEFAULT_DIRECTORY.rights.map((right) => {
      if (right.service.endsWith('menages')) return { ...right, endpoints };
      return right.service.endsWith('adhesions')
        ? { ...right, endpoints: [{ method: 'POST', path: '/v1/adhesions/**' }] }
        : right;
    });
    const { url } = await sandbox({ directory: { ...DEFAULT_DIRECTORY, rights } });
    const environment = settings({ XROAD_SECURITY_SERVERS: url });
    expect(await check(environment, 'droits sur rnu')).toMatchObject({ ok: true });
    const sigicmu = await check(environment, 'droits sur sigicmu');
    expect(sigicmu).toMatchObject({ ok: null });
    expect(sigicmu.detail).toContain('POST /v1/beneficiaires/recherche');
  });

  it('a health port tells its state', async () => {
    const { url, securityServers } = await sandbox();
    const [server] = securityServers;
    const environment = settings({ XROAD_SECURITY_SERVERS: url, XROAD_HEALTH_URLS: server?.healthUrl ?? '' });
    server?.setHealth('maintenance');
    expect(await check(environment, 'sonde de santé')).toMatchObject({ ok: false, detail: 'en maintenance' });
    server?.setHealth('unable');
    expect((await check(environment, 'sonde de santé')).detail).toContain(
      'hors d’état (HTTP 500 : Global configuration',
    );
  });
});

describe('TLS', () => {
  const certificates = 'test/exchange/support/certificates';
  const served = async (name: string): Promise<Sandbox> =>
    sandbox({
      tls: {
        cert: await readFile(`${certificates}/${name}-cert.pem`, 'utf8'),
        key: await readFile(`${certificates}/${name}-key.pem`, 'utf8'),
      },
    });

  it('a self-signed certificate is trusted with the setting that holds it, and not without', async () => {
    const { url } = await served('server');
    const without = settings({ XROAD_SECURITY_SERVERS: url });
    const refused = await check(without, ': TLS');
    expect(refused).toMatchObject({ ok: false, detail: 'certificat non reconnu (DEPTH_ZERO_SELF_SIGNED_CERT)' });
    expect(refused.advice).toContain('XROAD_TLS_CA');
    expect(await check(without, ': inscription')).toMatchObject({ ok: false, detail: 'échec : tls-not-trusted' });
    const trusting = { ...without, XROAD_TLS_CA: `${certificates}/server-cert.pem` };
    expect(await check(trusting, ': TLS')).toMatchObject({
      ok: true,
      detail: 'certificat reconnu, valable jusqu’au 01/01/2120',
    });
    expect(await check(trusting, ': inscription')).toMatchObject({ ok: true });
    expect(await check(trusting, ': horloge')).toMatchObject({ ok: true });
  });

  it('a certificate of another name is told so', async () => {
    const { url } = await served('other-name');
    const environment = settings({ XROAD_SECURITY_SERVERS: url, XROAD_TLS_CA: `${certificates}/other-name-cert.pem` });
    expect((await check(environment, ': TLS')).detail).toBe('le certificat porte un autre nom que l’adresse');
  });

  it('a certificate file that is missing is told so', async () => {
    const { url } = await served('server');
    const environment = settings({ XROAD_SECURITY_SERVERS: url, XROAD_TLS_CA: join(folder, 'absent.pem') });
    expect((await check(environment, ': TLS')).detail).toBe('certificat ou clé illisible (ENOENT)');
  });

  it('plain HTTP is shown, not judged', async () => {
    const { url } = await sandbox();
    expect(await check(settings({ XROAD_SECURITY_SERVERS: url }), ': TLS')).toMatchObject({ ok: null });
  });
});

describe('the database', () => {
  it('that does not answer fails its three checks, and the address is not repeated', async () => {
    const found = await checks(settings({ DATABASE_URL: 'postgres://moi:secret@127.0.0.1:1/x' }), 'PostgreSQL');
    expect(found.map(({ ok, detail }) => ({ ok, detail }))).toEqual(
      Array(3).fill({ ok: false, detail: 'indisponible (ECONNREFUSED)' }),
    );
    expect(JSON.stringify(found)).not.toContain('secret');
    expect(found[0]?.advice).toContain('DATABASE_URL');
  });

  it('with a wrong password, or that does not exist, is told apart', async () => {
    const wrong = new URL(database.url);
    wrong.pathname = '/absente';
    expect((await check(settings({ DATABASE_URL: wrong.href }), 'PostgreSQL')).advice).toContain('n’existe pas');
    wrong.password = 'faux';
    expect((await check(settings({ DATABASE_URL: wrong.href }), 'PostgreSQL')).advice).toContain('mot de passe');
  });

  it('that lacks a migration, or has one of the future, is told', async () => {
    const own = await createTestDatabase();
    try {
      const environment = settings({ DATABASE_URL: own.url });
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
      const environment = settings({ REDIS_URL: redis.url });
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
  const found = await checks(settings({ REDIS_URL: 'redis://:secret@127.0.0.1:1' }), 'Redis');
  expect(found.map(({ ok }) => ok)).toEqual([false, false, false, false]);
  expect(found[0]?.detail).toBe('indisponible (ECONNREFUSED)');
  expect(JSON.stringify(found)).not.toContain('secret');
});

describe('files and settings', () => {
  it('a département without insurer is named', async () => {
    const config = join(folder, 'config');
    await cp('config', config, { recursive: true });
    const table = join(config, 'departements.csv');
    await writeFile(table, (await readFile(table, 'utf8')).replace('UDAM-PIKINE', ''));
    const environment = settings({ PNBSF_CONFIG: config });
    expect(await check(environment, 'assureurs')).toMatchObject({ ok: false, detail: 'sans assureur : Pikine' });
    await writeFile(table, 'departement;region\nDakar\n');
    expect((await check(environment, 'tables de référence')).detail).toContain('departements.csv, ligne 2');
    await rm(join(config, 'policy.json'));
    expect((await check(environment, 'tables de référence')).detail).toMatch(/^fichier introuvable : .*policy\.json$/);
  });

  it('durations that are unwise are named', async () => {
    const found = await check(settings({ XROAD_WRITE_MS: '20000', XROAD_CONNECT_MS: '60000' }), 'durées');
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
    const server = createServer((socket) => socket.on('error', () => undefined).end(greetings.shift()));
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const environment = settings({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    expect(await check(environment, 'courrier')).toMatchObject({ ok: true });
    expect(await check(environment, 'courrier')).toMatchObject({ ok: false });
    await new Promise((resolve) => server.close(resolve));
    expect((await check(environment, 'courrier')).detail).toBe('injoignable (ECONNREFUSED)');
  });

  it('a data folder is looked for upwards until it exists', async () => {
    const deep = join(folder, 'a', 'b');
    expect(await check(settings({ PNBSF_DATA: deep }), 'dossier de données')).toMatchObject({ ok: true });
    if (process.getuid?.() === 0) return; // root may write anywhere
    await chmod(folder, 0o500);
    expect(await check(settings({ PNBSF_DATA: deep }), 'dossier de données')).toMatchObject({ ok: false });
    await chmod(folder, 0o700);
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
  const run = async (
    environment: Readonly<Record<string, string>>,
    ...words: string[]
  ): ReturnType<typeof runCommand> => {
    const before = { ...process.env };
    Object.assign(process.env, environment);
    try {
      return await runCommand(doctor, words);
    } finally {
      for (const name of Object.keys(environment)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  };

  it('lists checks with advice under each failure, and ends with 1', async () => {
    const { status, text } = await run(settings());
    expect(status).toBe(1);
    expect(text).toMatch(/^✓ versions : pnbsf-cmu \d/m);
    expect(text).toMatch(/^✗ serveurs de sécurité : aucun.*\n {2}→ Indiquez XROAD_SECURITY_SERVERS/m);
    expect(text).toMatch(/^– Redis : non configuré/m);
    expect(text).toContain('Contrôles en échec : 1 sur');
  });

  it('ends with 0 when nothing failed, JSON with four members a check', async () => {
    const { status, json } = await run(settings({ XROAD_SECURITY_SERVERS: (await sandbox()).url }), '--json');
    expect(status).toBe(0);
    const { checks: listed } = json as { checks: readonly Check[] };
    expect(listed.length).toBeGreaterThan(12);
    for (const one of listed) expect(Object.keys(one).sort()).toEqual(['advice', 'detail', 'name', 'ok']);
  });
});
