import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generatePopulation } from '../../fixtures/population/population.ts';
import { plan } from '../../src/cli/commands/plan.ts';
import { forecastNight, nextHour } from '../../src/pipeline/plan/forecast-night.ts';
import { nightLoad } from '../../src/domain/capacity/assumed-load.ts';
import { measuredNights } from '../../src/store/night/measured-nights.ts';
import { schemaFaults, type Schema } from '../docs/schema-check.ts';
import { CAMPAIGN, openInstallation, RUN_DATE, type Installation } from '../pipeline/installation.ts';
import { night } from '../pipeline/night.ts';
import { runCommand, type CommandResult } from './run-command.ts';

const PEOPLE = 60;

let installation: Installation;
let schema: Schema;
beforeAll(async () => {
  const { $defs } = JSON.parse(await readFile('docs/result.schema.json', 'utf8')) as { $defs: unknown };
  schema = { $ref: '#/$defs/plan', $defs };
  const population = generatePopulation({ people: PEOPLE, seed: 'plan', asOf: RUN_DATE });
  installation = await openInstallation({
    village: { lines: population.households.flatMap(({ rows }) => rows), registries: population.registries },
  });
}, 60_000);
afterAll(() => installation.close());

async function asked(...words: string[]): Promise<CommandResult> {
  const before = process.env;
  process.env = { ...before, ...installation.environment };
  try {
    return await runCommand(plan, words);
  } finally {
    process.env = before;
  }
}

async function json(...words: string[]): Promise<Record<string, unknown>> {
  const { json: value } = await asked(...words, '--json');
  expect(schemaFaults(schema, value)).toEqual([]);
  return value as Record<string, unknown>;
}

const limits = ({ phases }: Record<string, unknown>): unknown[] =>
  (phases as { limit: { kind: string; destination: string | null } | null }[]).map(({ limit }) => limit?.kind ?? null);

describe('plan, before the first night', () => {
  it('says that it supposes, and counts who waits', async () => {
    expect(await json()).toMatchObject({ people: PEOPLE, basis: 'assumed', measured: null });
    const { text } = await asked();
    expect(text).toMatch(/^Prévision de la nuit qui commence le \d\d\/\d\d\/\d{4} à 02:00\n/);
    expect(text).toContain('aucune nuit close : délai de 300 ms et appels de la population d’essai supposés');
    expect(text).toMatch(/\nFin : vers \d\d:\d\d, le \d\d\/\d\d\/\d{4} \(/);
  });

  it('names what is the limit, and follows what is asked about', async () => {
    const crew = ['--people', '2350000', '--cores', '64', '--workers', '16', '--concurrency', '40'];
    const slow = await json(...crew, '--latency-ms', 'etat-civil=5000');
    expect(limits(slow)[0]).toBe('in-flight');
    const fast = await json(...crew, '--latency-ms', 'etat-civil=5,cni=5,sigicmu=5');
    expect(limits(fast)).toEqual(['worker', 'worker', null]);
    expect(fast['seconds']).toBeLessThan(slow['seconds'] as number);
    expect(limits(await json(...crew, '--cores', '2', '--latency-ms', 'etat-civil=5,cni=5,sigicmu=5'))[0]).toBe(
      'processors',
    );
    expect(limits(await json('--concurrency', '1', '--latency-ms', 'etat-civil=1000'))[0]).toBe('households');
  });

  it('refuses what it does not understand', async () => {
    await expect(asked('--latency-ms', 'mairie=3')).rejects.toMatchObject({ code: 'USAGE' });
    await expect(asked('--workers', '0')).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('plan, after a night', () => {
  beforeAll(async () => {
    await night(installation);
  }, 60_000);

  it('rests on what that night measured', async () => {
    const measured = await measuredNights(installation.context.db, CAMPAIGN);
    expect(measured).toMatchObject({ nights: 1, people: PEOPLE });
    const cover = measured?.calls.find(({ operation }) => operation === 'cover');
    // Everybody is asked about once, and a whole household at once.
    expect(cover?.callsPerPerson).toBeCloseTo(1);
    expect(cover?.roundsPerHousehold).toBeGreaterThan(0);
    const [counted] = await installation.rows<{ calls: number }>(
      "select count(*)::int as calls from attempt where operation = 'id-card'",
    );
    const idCard = measured?.calls.find(({ operation }) => operation === 'id-card');
    expect((idCard?.callsPerPerson ?? 0) * PEOPLE).toBeCloseTo(counted?.calls ?? -1);
    expect(measured?.verifySeconds).toBeGreaterThan(0);
    expect(measured?.verifySeconds).toBeLessThanOrEqual(measured?.seconds ?? 0);
    const result = await json('--people', '1000');
    expect(result).toMatchObject({ basis: 'measured', people: 1000 });
    expect((await asked('--people', '1000')).text).toMatch(/la dernière nuit close, 60 personnes[^]*délai médian/);
  });

  it('says that nobody waits when nobody does', async () => {
    const { text } = await asked('--people', '0');
    expect(text).toContain('Fin : aussitôt, personne n’attend.');
  });
});

describe('opening hours', () => {
  const order = {
    load: nightLoad({}),
    crew: {
      workers: 1,
      concurrency: 20,
      cores: 2,
      destinations: {
        cni: { inFlight: 32, perSecond: 1 },
        'etat-civil': { inFlight: 32, perSecond: null },
        sigicmu: { inFlight: 32, perSecond: null },
      },
    },
    people: 100_000,
    startsAt: new Date('2026-11-28T02:00:00Z'),
    timeZone: 'Africa/Dakar',
  };

  it('interrupt a phase as long as anybody it calls is closed', () => {
    const always = forecastNight({ ...order, hours: {} });
    const nightly = forecastNight({ ...order, hours: { cni: [{ from: 20 * 60, to: 6 * 60 }] } });
    expect(always.phases[0]).toMatchObject({ limit: { kind: 'rate', destination: 'cni' }, closedSeconds: 0 });
    expect(nightly.phases[0]?.seconds).toBe(always.phases[0]?.seconds);
    // 32 000 calls at one a second, nine hours: four until six, the rest from eight in the evening.
    expect(nightly.phases[0]?.closedSeconds).toBe(14 * 3_600);
  });

  it('that never leave time enough give no end', () => {
    const never = forecastNight({ ...order, people: 100_000_000, hours: {} });
    expect(never.endsAt).toBeNull();
  });

  it('the next night begins when the clock of the zone shows its hour', () => {
    expect(nextHour(new Date('2026-11-28T11:13:20Z'), '02:00', 'Africa/Dakar').toISOString()).toBe(
      '2026-11-29T02:00:00.000Z',
    );
    expect(nextHour(new Date('2026-11-28T11:13:20Z'), '02:00', 'Asia/Tokyo').toISOString()).toBe(
      '2026-11-28T17:00:00.000Z',
    );
  });
});
