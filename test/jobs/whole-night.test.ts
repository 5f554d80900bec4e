import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunSummary } from '../../src/store/run/run-summary.ts';
import type { Installation } from '../pipeline/installation.ts';
import { carriedOut, openRunOf, outcomes } from '../pipeline/night.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { personalData } from './personal-data.ts';
import { openNight, samplePopulation, workNight } from './whole-night.ts';

const population = samplePopulation();
const redisHere = hasRedis();
const onRedis = redisHere ? describe : describe.skip;

interface Night {
  readonly summary: RunSummary;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly carriedOut: Readonly<Record<string, number>>;
  readonly again: RunSummary;
}

/** Everything there is to know of a night, and of a second one right after it. */
async function wholeNight(
  redisUrl: string | null,
  meanwhile: (installation: Installation, state: string) => void = () => undefined,
): Promise<Night> {
  const installation = await openNight(population, redisUrl);
  try {
    const summary = await workNight(installation, (state) => meanwhile(installation, state));
    const known = await outcomes(installation);
    const again = await workNight(installation);
    expect(await outcomes(installation)).toEqual(known);
    return { summary, outcomes: known, carriedOut: carriedOut(installation), again };
  } finally {
    await installation.close();
  }
}

function expectExactlyOnce(night: Night): void {
  expect(night.summary).toMatchObject({ state: 'closed', balanced: true });
  const covered = Object.entries(night.outcomes).filter(([, outcome]) => /^(enrolled|renewed)\b/.test(outcome));
  expect(covered.length).toBeGreaterThan(20);
  expect(night.carriedOut).toEqual(Object.fromEntries(covered.map(([ref]) => [ref, 1])));
  const mustNot = population.truth.filter((one) => one.mustNotEnrol !== null && one.registriesKnow);
  expect(mustNot.filter(({ ref }) => ref in night.carriedOut)).toEqual([]);
  expect(night.again).toMatchObject({ state: 'closed', people: 0 });
}

let redis: TestRedis | null = null;
let reference: Night;
const secrets = personalData(population);
beforeAll(async () => {
  redis = redisHere ? await startRedis() : null;
  reference = await wholeNight(null);
}, 120_000);
afterAll(() => redis?.stop());

describe('a whole night on PostgreSQL', () => {
  it('registers everybody it should, exactly once', () => expectExactlyOnce(reference));

  it('ends the same when it is played again, and when the queues are emptied in the middle', async () => {
    let emptied = 0;
    let emptying = false;
    const emptyings: Promise<void>[] = [];
    const faults: unknown[] = [];
    const night = await wholeNight(null, (installation, state) => {
      // 200 households at the most: the first looks fall into the night, whatever the machine is busy with.
      // One at a time: an emptying waits for the jobs in hand, and those that wait would take every connection.
      if (emptied >= 3 || emptying || state === 'reconciling') return;
      emptying = true;
      const count = (tables: number): void => void (emptied += tables > 0 ? 1 : 0);
      const ended = emptyQueues(installation)
        .then(count, (fault: unknown) => void faults.push(fault))
        .finally(() => (emptying = false));
      emptyings.push(ended);
    });
    await Promise.all(emptyings);
    // A worker that holds what is being emptied may win.
    expect(faults.filter((fault) => (fault as { code?: string }).code !== DEADLOCK)).toEqual([]);
    expect(emptied).toBeGreaterThan(0);
    expectExactlyOnce(night);
    expect(night.outcomes).toEqual(reference.outcomes);
  }, 120_000);

  it('keeps names and numbers out of the queues', async () => {
    const installation = await openNight(population, null);
    try {
      await openRunOf(installation);
      const seen = new Set<string>();
      const work = await installation.app.startWork();
      await workSomeJobs(installation, async () => {
        for (const text of await queuedTexts(installation)) seen.add(text);
      });
      await work.close();
      expect(seen.size).toBeGreaterThan(0);
      expectNothingPersonal([...seen]);
      await installation.rows('create table bullmq.canary as select $1::text as name', [secrets[0]!]);
      expect(found(await queuedTexts(installation))).toEqual([secrets[0]]);
    } finally {
      await installation.close();
    }
  }, 60_000);
});

onRedis('a whole night on Redis', () => {
  it('ends as on PostgreSQL', async () => {
    const night = await wholeNight(redis!.url);
    expectExactlyOnce(night);
    expect(night.outcomes).toEqual(reference.outcomes);
  }, 120_000);

  it('ends the same when Redis is emptied in every phase', async () => {
    const emptiedIn = new Set<string>();
    const night = await wholeNight(redis!.url, (_installation, state) => {
      emptiedIn.add(state);
      void redis!.client.flushall();
    });
    expect(emptiedIn.size).toBeGreaterThan(1);
    expectExactlyOnce(night);
    expect(night.outcomes).toEqual(reference.outcomes);
  }, 120_000);

  it('keeps names and numbers out of Redis', async () => {
    await redis!.client.flushall();
    const installation = await openNight(population, redis!.url);
    try {
      await openRunOf(installation);
      const seen = new Set<string>();
      const work = await installation.app.startWork();
      await workSomeJobs(installation, async () => {
        for (const text of await redisTexts(redis!)) seen.add(text);
      });
      await work.close();
      expect(seen.size).toBeGreaterThan(0);
      expectNothingPersonal([...seen]);
      await redis!.client.hset('canary', 'name', secrets[0]!);
      expect(found(await redisTexts(redis!))).toEqual([secrets[0]]);
    } finally {
      await installation.close();
    }
  }, 60_000);
});

const DEADLOCK = '40P01';

/** Empties the queues as they stand, and tells how many tables there were; their makers may not have come to it yet. */
async function emptyQueues(installation: Installation): Promise<number> {
  const tables = await installation.rows<{
    name: string;
  }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'bullmq' and tablename not like '%migration%'`);
  if (tables.length > 0) await installation.rows(`truncate ${tables.map(({ name }) => name).join(', ')} cascade`);
  return tables.length;
}

/** Looks again and again until fifty people have been decided on. */
async function workSomeJobs(installation: Installation, look: () => Promise<void>): Promise<void> {
  for (;;) {
    await look();
    const [row] = await installation.rows<{ decided: number }>('select count(*)::int as decided from decision');
    if (row!.decided >= 50) return;
  }
}

async function queuedTexts(installation: Installation): Promise<string[]> {
  const tables = await installation.rows<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'bullmq'`,
  );
  const rows = tables.map(({ name }) => installation.rows<{ text: string }>(`select t::text as text from ${name} t`));
  return (await Promise.all(rows)).flat().map(({ text }) => text);
}

async function redisTexts({ client }: TestRedis): Promise<string[]> {
  const keys = await client.keys('*');
  const dumps = keys.map(async (key) => {
    const raw = await client.dumpBuffer(key).catch(() => null);
    return `${key} ${raw?.toString('utf8') ?? ''}`;
  });
  return Promise.all(dumps);
}

function found(texts: readonly string[]): readonly string[] {
  const all = texts.join('\n');
  return secrets.filter((secret) => all.includes(secret));
}

function expectNothingPersonal(texts: readonly string[]): void {
  expect(found(texts)).toEqual([]);
}
