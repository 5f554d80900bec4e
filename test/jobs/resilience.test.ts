import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { checkBackend } from '../../jobs/queue-backend.ts';
import { runSummary } from '../../src/store/run/run-summary.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { carriedOut, openRunOf, outcomes } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { freePort } from '../../bench/chaos/servers/free-port.ts';
import { startOwnPostgres, type OwnPostgres } from '../support/own-postgres.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

let installation: Installation;
let redis: TestRedis | null = null;
afterEach(async () => {
  await installation.close();
  await redis?.stop();
  redis = null;
});

const people = Array.from({ length: 16 }, (_, index) => {
  const household = `SN-${String(index + 1).padStart(4, '0')}`;
  const familyName = ['NDIAYE', 'SOW', 'FALL', 'DIOP', 'BA', 'SARR'][index % 6]!;
  return [
    // Namesakes of one birth date would be doubted.
    villager({ household, number: 1, givenNames: 'Moussa', familyName, birth: `${1950 + index}-05-12` }),
    villager({
      household,
      number: 2,
      givenNames: 'Awa',
      familyName,
      sex: 'F',
      relationship: 2,
      birth: `${1951 + index}-03-09`,
    }),
  ];
}).flat();

/** An insurer without keys that loses a third of its first answers, some of them before it has acted. */
const FAULTS: readonly FaultRule[] = (
  [
    { kind: 'transport', failure: 'close-after-headers' },
    { kind: 'late-effect', delayMs: 400, answer: 'close' },
  ] as const
).map((fault) => ({
  service: 'sigicmu',
  operation: 'enregistrerAdhesion',
  rate: 0.2,
  when: 'after',
  attempts: 'first',
  fault,
}));

interface Night {
  readonly settings: Readonly<Record<string, string>>;
  readonly database?: OwnPostgres;
}

async function open({ settings, database }: Night): Promise<string> {
  installation = await openInstallation({
    village: village(people),
    sandbox: { faults: FAULTS, capabilities: { idempotencyKey: false, searchByReference: true } },
    settings: {
      PNBSF_STALLED_MS: '1000',
      PNBSF_LEASE_MS: '4000',
      PNBSF_POOL: '6',
      PNBSF_CONCURRENCY: '4',
      ...settings,
    },
    ...(database ? { database } : {}),
  });
  return openRunOf(installation);
}

/** The state of the run; null while the database cannot say. */
async function stateOf(runId: string): Promise<string | null> {
  return runSummary(installation.context.db, runId).then(
    (summary) => summary?.state ?? null,
    () => null,
  );
}

/** Works the run through while things are done to its servers, in the phase each is for. */
async function workThrough(runId: string, mistreat: (phase: string) => Promise<void>): Promise<void> {
  const work = await installation.app.startWork();
  try {
    const begun = (state: string): Promise<unknown> =>
      until(
        `somebody is ${state}`,
        async () =>
          (await installation.rows('select 1 from enrolment where state = $1', [state]).catch(() => [])).length > 0,
        60_000,
      );
    await begun('confirmed');
    await mistreat('verifying');
    await begun('enrolled');
    await mistreat('registering');
    await until('the run is closed', async () => (await stateOf(runId)) === 'closed', 90_000);
  } finally {
    await work.close();
  }
}

async function expectExactlyOnce(runId: string): Promise<void> {
  const summary = await runSummary(installation.context.db, runId);
  expect(summary).toMatchObject({ state: 'closed', balanced: true });
  expect(new Set(Object.values(await outcomes(installation)))).toEqual(new Set(['enrolled']));
  expect(Object.values(carriedOut(installation))).toEqual(people.map(() => 1));
}

(hasRedis() ? describe : describe.skip)('a night on a Redis', () => {
  it('that is restarted empty, twice, ends with everybody once', async () => {
    redis = await startRedis();
    const runId = await open({ settings: { REDIS_URL: redis.url } });
    await workThrough(runId, () => redis!.restart());
    await expectExactlyOnce(runId);
  }, 150_000);

  it('that is full waits, and goes on when there is room', async () => {
    redis = await startRedis();
    const runId = await open({ settings: { REDIS_URL: redis.url } });
    let refused = 0;
    await workThrough(runId, async () => {
      await redis!.client.config('SET', 'maxmemory', '1');
      await until('Redis refuses to write', async () => {
        const { refusals } = await refusalsOf(redis!);
        refused = refusals;
        return refusals > 0;
      });
      await redis!.client.config('SET', 'maxmemory', '0');
    });
    expect(refused).toBeGreaterThan(0);
    await expectExactlyOnce(runId);
  }, 150_000);

  it('that would evict keys is refused at the start', async () => {
    redis = await startRedis();
    await open({ settings: { REDIS_URL: redis.url } });
    await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(installation.app.startWork()).rejects.toMatchObject({ code: 'FILE_INADAPTEE' });
    await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
    await checkBackend({ kind: 'redis', url: redis.url, prefix: 'x' });
  });
});

/** How often Redis has refused a command for lack of memory. */
async function refusalsOf({ client }: TestRedis): Promise<{ refusals: number }> {
  const stats = await client.info('errorstats');
  return { refusals: Number(/errorstat_OOM:count=(\d+)/.exec(stats)?.[1] ?? '0') };
}

describe('a night on a PostgreSQL', () => {
  const nightOn = async (mistreat: (postgres: OwnPostgres) => Promise<void>): Promise<void> => {
    const postgres = await startOwnPostgres(await freePort());
    const runId = await open({ settings: { DATABASE_URL: postgres.url }, database: postgres });
    await workThrough(runId, () => mistreat(postgres));
    await expectExactlyOnce(runId);
  };

  it('whose plug is pulled, twice, ends with everybody once', () => nightOn((postgres) => postgres.restart()), 150_000);

  it('whose sessions are cut, twice, ends with everybody once', async () => {
    let cut = 0;
    await nightOn(async (postgres) => {
      cut += await postgres.cutSessions();
    });
    expect(cut).toBeGreaterThan(1);
  }, 150_000);

  it('that refuses to write for a while ends with everybody once', async () => {
    let refused = 0;
    await nightOn(async (postgres) => {
      await postgres.setReadOnly(true);
      await until('a claim is refused', async () => {
        refused += await installation.context.db
          .updateTable('household_work')
          .set({ owner: 'nobody' })
          .where('household_id', '=', '0')
          .execute()
          .then(
            () => 0,
            (error: unknown) => ((error as { code?: string }).code === '25006' ? 1 : 0),
          );
        return refused > 100;
      });
      await postgres.setReadOnly(false);
    });
    expect(refused).toBeGreaterThan(0);
  }, 150_000);
});
