/** A night over an invented population, worked through by the product's own jobs on one of the two queue backends. */
import { generatePopulation, type Population } from '../../fixtures/population/population.ts';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { waitForRun } from '../../src/pipeline/run/wait-for-run.ts';
import type { RunSummary } from '../../src/store/run/run-summary.ts';
import { runSummary } from '../../src/store/run/run-summary.ts';
import { openInstallation, RUN_DATE, type Installation } from '../pipeline/installation.ts';
import { openRunOf } from '../pipeline/night.ts';

export const PEOPLE = 200;

/** A little of everything that matters, striking first attempts, so that the night ends. */
const FAULTS: readonly FaultRule[] = [
  {
    service: 'cni',
    rate: 0.05,
    when: 'before',
    attempts: 'first',
    fault: { kind: 'xroad-error', code: 'Server.ServerProxy.NetworkError' },
  },
  {
    service: 'etat-civil',
    rate: 0.05,
    when: 'before',
    attempts: 'first',
    fault: { kind: 'transport', failure: 'html-503' },
  },
  {
    service: 'sigicmu',
    operation: 'enregistrerAdhesion',
    rate: 0.1,
    when: 'after',
    attempts: 'first',
    fault: { kind: 'transport', failure: 'close-after-headers' },
  },
  {
    service: 'sigicmu',
    operation: 'enregistrerAdhesion',
    rate: 0.1,
    when: 'after',
    attempts: 'first',
    fault: { kind: 'late-effect', delayMs: 300, answer: 'close' },
  },
];

export function samplePopulation(): Population {
  return generatePopulation({ people: PEOPLE, seed: 'nuit', asOf: RUN_DATE });
}

/** An installation over that population, on Redis where an address is given, otherwise on PostgreSQL. */
export async function openNight(population: Population, redisUrl: string | null): Promise<Installation> {
  return openInstallation({
    village: { lines: population.households.flatMap(({ rows }) => rows), registries: population.registries },
    // The insurer does not recognise keys: whatever is sent again is registered again.
    sandbox: { faults: FAULTS, capabilities: { idempotencyKey: false, searchByReference: true } },
    settings: {
      ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
      XROAD_WRITE_MS: '1500',
      PNBSF_SETTLE_MS: '2500',
      PNBSF_LEASE_MS: '10000',
      PNBSF_POOL: '8',
    },
  });
}

/** Works the night through with the product's own workers; `meanwhile` is called at every look at its progress. */
export async function workNight(
  installation: Installation,
  meanwhile: (state: string) => void = () => undefined,
): Promise<RunSummary> {
  const { db } = installation.context;
  const runId = await openRunOf(installation);
  const work = await installation.app.startWork();
  try {
    await waitForRun(db, runId, {
      everyMs: 100,
      onProgress: ({ state }) => meanwhile(state),
      signal: AbortSignal.timeout(80_000),
    });
  } finally {
    await work.close();
  }
  const summary = await runSummary(db, runId);
  if (!summary) throw new Error('the run disappeared');
  return summary;
}
