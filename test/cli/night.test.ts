import { appendFile, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '../../fixtures/sandbox/start-sandbox.ts';
import { schemaFaults, type Schema } from '../docs/schema-check.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { CommandLine, type Running } from './command-line.ts';

/** Production times, divided so that a night ends within seconds; their order stays. */
const QUICK = {
  XROAD_WRITE_MS: '2000',
  PNBSF_SETTLE_MS: '2500',
  PNBSF_LEASE_MS: '30000',
  PNBSF_FIRST_PAUSE_MS: '200',
  PNBSF_HOLDER_PAUSE_MS: '200',
  PNBSF_RUN_PATIENCE_MS: '20000',
  PNBSF_SWEEP_MS: '100',
};

interface Result {
  readonly run: string;
  readonly state: string;
  readonly people: number;
  readonly balanced: boolean;
  readonly outcomes: Readonly<Record<string, number>>;
}

let schema: Schema;
let database: TestDatabase;
let alone: CommandLine;
let cli: CommandLine;
let sandbox: Running;

beforeAll(async () => {
  schema = JSON.parse(await readFile('docs/result.schema.json', 'utf8')) as Schema;
  database = await createTestDatabase();
  alone = await CommandLine.open({ ...QUICK, DATABASE_URL: database.url });
  sandbox = alone.start('simulate', '--port', '0', '--people', '120', '--batch', 'lot.csv', '--ledger', 'ecrits.jsonl');
  const [, url = ''] = await sandbox.says(/XROAD_SECURITY_SERVERS=(\S+)[\s\S]*Lot RNU : /);
  cli = alone.with({ XROAD_SECURITY_SERVERS: url });
});
afterAll(async () => {
  await sandbox.stop();
  await alone.close();
  await database.close();
});

function result(stdout: string): Result {
  const value = JSON.parse(stdout) as Result;
  expect(schemaFaults(schema, value)).toEqual([]);
  return value;
}

describe('before the first run', () => {
  it.each([['status'], ['report']])('%s says that there is none, and what to do', async (command) => {
    const { status, stdout, stderr } = await cli.run(command);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      'Aucune exécution.\n→ Importez un lot (« pnbsf-cmu import »), puis lancez « pnbsf-cmu run ».\n(EXECUTION_INCONNUE)\n',
    );
  });

  it('a run of a batch nobody imported is a wrong usage, and opens nothing', async () => {
    const { status, stderr } = await cli.run('run', '--wait', '--batch', 'LOT-0');
    expect(status).toBe(2);
    expect(stderr).toContain('Lot inconnu : LOT-0.');
    expect((await cli.run('status')).status).toBe(1);
  });

  it('a run without an address to call is refused before anything is opened', async () => {
    const { status, stderr } = await alone.run('run', '--wait');
    expect(status).toBe(1);
    expect(stderr).toContain('(SERVEUR_DE_SECURITE_ABSENT)');
    const unusable = await alone.with({ XROAD_SECURITY_SERVERS: 'nulle part' }).run('run', '--wait');
    expect(unusable.status).toBe(1);
    expect((await cli.run('status')).status).toBe(1);
  });
});

describe('import, run, status, report', () => {
  let closed: Result;

  beforeAll(async () => {
    expect(await cli.run('import', 'lot.csv')).toMatchObject({ status: 0 });
    // Without --wait a run is only written down: a report of it has to wait.
    expect(await cli.run('run')).toMatchObject({ status: 0 });
    const tooEarly = await cli.run('report');
    expect(tooEarly.status).toBe(1);
    expect(tooEarly.stderr).toContain('(EXECUTION_NON_CLOSE)');
    const { status, stdout, stderr } = await cli.run('run', '--wait', '--json');
    expect(stderr).toMatch(/^L’exécution 1 .+ elle est reprise\.\n$/);
    closed = result(stdout);
    expect(status).toBe(3);
  }, 120_000);

  it('the run ends closed and balanced, and says that people are left to see', () => {
    expect(closed).toMatchObject({ state: 'closed', people: 120, balanced: true });
    expect(closed.outcomes['enrolled']).toBeGreaterThan(0);
    expect(closed.outcomes['needs-review']).toBeGreaterThan(0);
  });

  it('status gives the same figures, with the same exit code', async () => {
    const { status, stdout } = await cli.run('status', '--json');
    expect(status).toBe(3);
    const unknown = { people: 0, oldestMs: null, ageLimitMs: 259_200_000 };
    expect(result(stdout)).toEqual({ ...closed, unknown, staff: { people: 0 } });
    const words = await cli.run('status', closed.run);
    expect(words.status).toBe(3);
    expect(words.stdout).toMatch(/^Exécution 1 du \d\d\/\d\d\/\d{4} \(PNBSF-2026\) — close\n/);
    expect(words.stdout).toContain('Comptes équilibrés : oui');
  });

  it('report writes the files it names, one line for each person', async () => {
    const { status, stdout } = await cli.run('report', '--json', '--out', 'rapport');
    expect(status).toBe(0);
    result(stdout);
    const { files } = JSON.parse(stdout) as { files: { report: string; summary: string; result: string } };
    const lines = (await readFile(files.report, 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(closed.people + 1);
    expect(JSON.parse(await readFile(files.result, 'utf8'))).toEqual(closed);
    expect(await readFile(files.summary, 'utf8')).toContain('"Comptes équilibrés";;"oui"');
  });

  it('report verify trusts the installation’s own key, and sees one added byte', async () => {
    expect(await cli.run('report', 'verify', 'rapport')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Rapport authentique'),
    });
    await appendFile(cli.path('rapport/equite.csv'), 'x');
    const { status, stdout } = await cli.run('report', 'verify', 'rapport', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ holds: false, problems: [{ kind: 'changed', file: 'equite.csv' }] });
  });

  it('the insurer registered exactly those the report calls enrolled or renewed, each once, free of charge', async () => {
    const ledger = (await readFile(cli.path('ecrits.jsonl'), 'utf8')).trimEnd().split('\n');
    const writes = ledger.map((line) => JSON.parse(line) as LedgerEntry);
    const registered = (closed.outcomes['enrolled'] ?? 0) + (closed.outcomes['renewed'] ?? 0);
    expect(writes).toHaveLength(registered);
    expect(new Set(writes.map(({ person }) => person)).size).toBe(registered);
    expect(writes.filter(({ amountPaid }) => amountPaid !== 0)).toEqual([]);
  });

  it('a run that nobody ever started is unknown', async () => {
    const { status, stderr } = await cli.run('status', '999');
    expect(status).toBe(1);
    expect(stderr).toContain('Exécution 999 inconnue.');
  });

  it('the same night again finds nothing to do, and nobody left: status 0', async () => {
    expect((await cli.run('import', 'lot.csv')).stdout).toContain('déjà importé');
    const { status, stdout } = await cli.run('run', '--wait', '--json');
    expect(result(stdout)).toMatchObject({ run: '2', state: 'closed', people: 0, balanced: true });
    expect(status).toBe(0);
  }, 60_000);
});
