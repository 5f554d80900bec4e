import { readFile, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { selfSignedCertificate } from '../../fixtures/sandbox/security-server/self-signed-certificate.ts';
import { UsageError } from '../../src/cli/command.ts';
import { simulate } from '../../src/cli/commands/simulate.ts';
import { parseCall } from '../../src/cli/parse-call.ts';
import { isLoopback, sandboxSettings } from '../../src/cli/simulate/sandbox-settings.ts';
import { CommandLine, type Running } from './command-line.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await CommandLine.open();
});
afterAll(() => cli.close());

interface Ready {
  readonly url: string;
  readonly port: number;
  readonly securityServers: readonly { readonly url: string; readonly healthUrl: string }[];
  readonly people: number;
}

/** Starts one on a free port and reads its first line. */
async function ready(...words: readonly string[]): Promise<{ running: Running; line: Ready }> {
  const running = cli.start('simulate', '--json', '--port', '0', '--people', '20', ...words);
  const [line] = await running.says(/^\{.*\}$/m);
  return { running, line: JSON.parse(line) as Ready };
}

describe('a sandbox', () => {
  it('says where it is, answers, and stops when told', async () => {
    const running = cli.start('simulate', '--port', '0', '--people', '20');
    const [, url = ''] = await running.says(/^Bac à sable prêt : XROAD_SECURITY_SERVERS=(http:\/\/127\.0\.0\.1:\d+)$/m);
    const clients = await fetch(`${url}/listClients`, { headers: { Accept: 'application/json' } });
    expect(await clients.json()).toHaveProperty('member');
    expect(await running.stop()).toMatchObject({ status: 0, stderr: '' });
  });

  it('has several servers, each with its health port, and writes what it is asked for', async () => {
    const files = { batch: cli.path('lot.csv'), truth: cli.path('verite.jsonl'), ledger: cli.path('registre.jsonl') };
    const options = Object.entries(files).flatMap(([name, path]) => [`--${name}`, path]);
    const { running, line } = await ready('--servers', '2', ...options);
    expect(line).toMatchObject({ ready: true, people: 20, seed: 'teranga', ...files });
    expect(line.securityServers).toHaveLength(2);
    expect(line.url).toBe(line.securityServers[0]?.url);
    for (const { healthUrl } of line.securityServers) expect((await fetch(healthUrl)).status).toBe(200);
    await running.stop();
    const truth = (await readFile(files.truth, 'utf8')).trim().split('\n');
    expect(truth).toHaveLength(20);
    const batch = (await readFile(files.batch, 'utf8')).trim().split('\n');
    expect(batch.length).toBeGreaterThan(20);
    expect(await readFile(files.ledger, 'utf8')).toBe('');
  });

  it('invents the same people for the same seed, and others for another', async () => {
    const batchOf = async (name: string, seed: string): Promise<string> => {
      const { running } = await ready('--seed', seed, '--batch', cli.path(name));
      await running.stop();
      return readFile(cli.path(name), 'utf8');
    };
    const first = await batchOf('a.csv', 'un');
    expect(await batchOf('b.csv', 'un')).toBe(first);
    expect(await batchOf('c.csv', 'deux')).not.toBe(first);
  });

  it('spells its codes as it is told to', async () => {
    const { running, line } = await ready('--version-mode', 'snake');
    const refused = await fetch(`${line.url}/r1/SN/GOV/DAF/cni/identite/v1`, {
      headers: { 'X-Road-Client': 'SN/GOV/VISITEUR/essais', 'X-Road-Id': 'essai' },
    });
    expect(refused.headers.get('x-road-error')).toBe('server.serverproxy.access_denied');
    await running.stop();
  });

  it('fails as its file of faults says', async () => {
    const fault = { kind: 'xroad-error', code: 'Server.ServerProxy.IOError', message: 'Read timed out' };
    await writeFile(
      cli.path('pannes.json'),
      JSON.stringify({ rules: [{ service: '*', rate: 1, when: 'before', fault }] }),
    );
    const { running, line } = await ready('--faults', cli.path('pannes.json'));
    const answer = await fetch(`${line.url}/r1/SN/GOV/DGPSN/rnu/menages/v1/lots`, {
      headers: { 'X-Road-Client': 'SN/GOV/ANACMU/enrolement', 'X-Road-Id': 'essai' },
    });
    expect(answer.headers.get('x-road-error')).toBe('Server.ServerProxy.IOError');
    await running.stop();
  });

  it('speaks HTTPS with the certificate it is given', async () => {
    const { cert, key } = selfSignedCertificate('ss1.example');
    await writeFile(cli.path('ss.crt'), cert);
    await writeFile(cli.path('ss.key'), key);
    const { running, line } = await ready('--tls', `${cli.path('ss.crt')},${cli.path('ss.key')}`);
    expect(line.url).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      const options = { ca: cert, checkServerIdentity: () => undefined };
      get(`${line.url}/listClients`, options, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      }).on('error', reject);
    });
    expect(status).toBe(200);
    await running.stop();
  });
});

describe('a sandbox that cannot start', () => {
  it('says that its port is taken', async () => {
    const { running, line } = await ready();
    const { status, stdout, stderr } = await cli.run('simulate', '--people', '5', '--port', String(line.port));
    await running.stop();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`Ce port est déjà pris : 127.0.0.1:${line.port}`);
  });

  it('says that its health port is taken', async () => {
    const { running, line } = await ready();
    const taken = String(line.port);
    const { status, stdout, stderr } = await cli.run(
      'simulate',
      '--people',
      '5',
      '--port',
      '0',
      '--health-port',
      taken,
    );
    await running.stop();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`Ce port est déjà pris : 127.0.0.1:${taken}`);
  });

  it('names everything wrong with its faults, in French', async () => {
    const fault = { kind: 'transport', failure: 'tremblement' };
    const rules = [{ service: 'impots', rate: 2, when: 'before', fault }, { rate: 1, couleur: 'rouge' }, 7];
    await writeFile(cli.path('fausses.json'), JSON.stringify({ rules }));
    const { status, stderr } = await cli.run('simulate', '--people', '5', '--faults', cli.path('fausses.json'));
    expect(status).toBe(1);
    for (const said of [
      'rules[0].service : l’un de rnu, cni, etat-civil, sigicmu, * : valeur attendue',
      'rules[0].rate : nombre de 0 à 1',
      'rules[0].fault.failure : l’un de',
      'rules[1].couleur : nom inconnu',
      'rules[1].fault.kind : l’un de',
      'rules[2] : objet',
    ])
      expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/needed|unknown|one of/);
  });

  it('says so when its faults are no JSON, or its files no certificate', async () => {
    const file = cli.path('texte.txt');
    await writeFile(file, 'bonjour');
    expect((await cli.run('simulate', '--faults', file)).stderr).toContain('ce n’est pas du JSON');
    expect((await cli.run('simulate', '--tls', `${file},${file}`)).stderr).toContain('pas un certificat et sa clé');
    expect((await cli.run('simulate', '--faults', cli.path('rien'))).stderr).toContain('introuvable');
  });

  it('says so when its ledger was edited', async () => {
    await writeFile(cli.path('edite.jsonl'), '{"at":"x"}\n');
    const { status, stderr } = await cli.run('simulate', '--people', '5', '--ledger', cli.path('edite.jsonl'));
    expect(status).toBe(1);
    expect(stderr).toContain('se contredisent');
  });
});

describe('the options of a sandbox', () => {
  const registries = { idCards: new Map<string, never>(), birthActs: [], covers: [], rnuBatches: [] };
  const settings = (...words: readonly string[]): ReturnType<typeof sandboxSettings> =>
    sandboxSettings(parseCall(simulate, words), registries, 'g');

  const understood: readonly (readonly [words: readonly string[], expected: object])[] = [
    [[], { host: '127.0.0.1', port: 8080, securityServers: 1, versionMode: 'camel', providerTimeoutMs: 60_000 }],
    [[], { capabilities: { idempotencyKey: true, searchByReference: true } }],
    [['--no-idempotency'], { capabilities: { idempotencyKey: false, searchByReference: true } }],
    [['--no-reference-search'], { capabilities: { idempotencyKey: true, searchByReference: false } }],
    [['--latency', '30'], { latency: { sigicmu: { fixedMs: 30 } } }],
    [['--latency', '30,20'], { latency: { rnu: { fixedMs: 30, jitterMs: 20 }, cni: { fixedMs: 30, jitterMs: 20 } } }],
    [['--overcharge', '0.01,3500'], { overcharge: { rate: 0.01, amount: 3500 } }],
    [['--version-mode', 'mixed'], { versionMode: 'mixed' }],
    [[], { healthPort: 0 }],
    [['--health-port', '5588'], { healthPort: 5588 }],
    [['--host', '0.0.0.0'], { host: '0.0.0.0' }],
    [['--servers', '0'], { securityServers: 1 }],
  ];
  it.each(understood)('%j', async (words, expected) => {
    expect(await settings(...words)).toMatchObject(expected);
  });

  it.each([
    [['--port', '70000']],
    [['--port', 'http']],
    [['--health-port', '70000']],
    [['--servers', '21']],
    [['--latency', 'vite']],
    [['--overcharge', '2,10']],
    [['--version-mode', 'kebab']],
    [['--tls', 'a.crt']],
  ])('%j is a wrong usage', async (words) => {
    await expect((async () => settings(...words))()).rejects.toBeInstanceOf(UsageError);
  });

  it('know which addresses only this machine can reach', () => {
    expect(['127.0.0.1', '127.1.2.3', 'localhost', '::1'].filter(isLoopback)).toHaveLength(4);
    expect(['0.0.0.0', '10.0.0.1', '::', '127.evil.example'].filter(isLoopback)).toEqual([]);
  });
});
