import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { waitForRun } from '../../src/pipeline/run/wait-for-run.ts';
import { runSummary, type RunSummary } from '../../src/store/run/run-summary.ts';
import { startRun, type StartRun } from '../../src/store/run/start-run.ts';
import { CAMPAIGN, openInstallation, RUN_DATE, type Installation } from '../pipeline/installation.ts';
import { carriedOut, outcomes } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';
import { until } from '../support/until.ts';

let installation: Installation;
const workers: WorkerProcess[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()));
  await installation.close();
});

const SURNAMES = ['NDIAYE', 'SOW', 'FALL', 'DIOP', 'BA', 'SARR'];
const people = SURNAMES.flatMap((familyName, index) => {
  const household = `SN-000${index + 1}`;
  return [
    villager({ household, number: 1, givenNames: 'Moussa', familyName }),
    villager({ household, number: 2, givenNames: 'Awa', familyName, sex: 'F', relationship: 2 }),
    villager({ household, number: 3, givenNames: 'Fatou', familyName, sex: 'F', birth: '2012-03-04', card: {} }),
  ];
});
const everybody = people.length;

/** A dead worker's households and jobs are free after seconds. */
const QUICK_RECOVERY = { PNBSF_LEASE_MS: '4000', PNBSF_STALLED_MS: '1000' };

const lost = (change: Partial<FaultRule>): FaultRule => ({
  service: 'sigicmu',
  operation: 'enregistrerAdhesion',
  rate: 0.5,
  when: 'after',
  attempts: 'first',
  fault: { kind: 'transport', failure: 'close-after-headers' },
  ...change,
});

/** An insurer that recognises no key: whatever is sent again is registered again. */
async function open(faults: readonly FaultRule[] = []): Promise<Installation> {
  installation = await openInstallation({
    village: village(people),
    sandbox: { faults, capabilities: { idempotencyKey: false, searchByReference: true } },
  });
  return installation;
}

async function start(change: Partial<StartRun>): Promise<string> {
  const order = { runDate: RUN_DATE, campaign: CAMPAIGN, patienceMs: 30_000, batchId: null, startedBy: 'test' };
  return (await startRun(installation.context.db, { ...order, ...change })).runId;
}

/** A run worked through by the product's own jobs. */
async function run(change: Partial<StartRun>): Promise<RunSummary> {
  const runId = await start(change);
  const work = await installation.app.startWork();
  try {
    await waitForRun(installation.context.db, runId, {
      everyMs: 20,
      onProgress: () => undefined,
      signal: AbortSignal.timeout(40_000),
    });
  } finally {
    await work.close();
  }
  return summaryOf(runId);
}

async function summaryOf(runId: string): Promise<RunSummary> {
  const summary = await runSummary(installation.context.db, runId);
  if (!summary) throw new Error('the run disappeared');
  return summary;
}

describe('a rehearsal', () => {
  it('verifies everybody, registers nobody, and leaves them to a real night', async () => {
    await open();
    const rehearsal = await run({ shadow: true });
    expect(rehearsal).toMatchObject({ state: 'closed', balanced: true, shadow: true, linesRead: everybody });
    expect(rehearsal.outcomes.confirmed).toBe(everybody);
    expect(installation.sandbox.ledger()).toEqual([]);
    expect(new Set(Object.values(await outcomes(installation)))).toEqual(new Set(['confirmed ENVOI_A_BLANC']));

    const calls = (): Promise<{ calls: number }[]> =>
      installation.rows(`select count(*)::int as calls from attempt where operation in ('id-card', 'cover')`);
    const asked = await calls();
    const real = await run({});
    expect(real).toMatchObject({ state: 'closed', balanced: true, shadow: false, linesRead: everybody });
    expect(real.outcomes.enrolled).toBe(everybody);
    expect(Object.values(carriedOut(installation))).toEqual(people.map(() => 1));
    // The answers of the rehearsal are of another day: everybody is asked about again before anything is sent.
    expect((await calls())[0]!.calls).toBe(2 * asked[0]!.calls);
    const again = await installation.rows<{ because: string; people: number }>(
      `select because, count(*)::int as people from decision where to_state = 'received' group by 1`,
    );
    expect(again).toEqual([{ because: expect.stringContaining('à blanc'), people: everybody }]);
    expect(new Set(Object.values(await outcomes(installation)))).toEqual(new Set(['enrolled']));
  });

  it('does not have anybody sent who has died since', async () => {
    await open();
    await run({ shadow: true });
    const [dead] = people;
    await installation.sandbox.stop();
    const registries = village([{ ...dead!, card: { status: 'DECEDE' } }, ...people.slice(1)]).registries;
    const later = await startSandbox({ registries, seed: 7, port: Number(new URL(installation.sandbox.url).port) });
    try {
      await run({});
      expect(later.ledger().map(({ person }) => person)).not.toContain('SN-0001/1');
      expect(await outcomes(installation)).toMatchObject({ 'SN-0001/1': 'needs-review DECES_SIGNALE' });
    } finally {
      await later.stop();
    }
  });

  it('can be repeated, and its figures stay as they were frozen', async () => {
    await open();
    const first = await run({ shadow: true });
    expect(await run({ shadow: true })).toEqual({ ...first, run: '2' });
    await run({});
    expect(await summaryOf(first.run)).toEqual(first);
  });

  it('asks nothing about outcomes that an earlier run left unknown', async () => {
    await open([lost({ rate: 1 })]);
    const runId = await start({ patienceMs: 0 });
    const work = await installation.app.startWork();
    await until('somebody is unknown', async () => (await summaryOf(runId)).outcomes['outcome-unknown'] > 0 && true);
    await until('the run is over', async () => (await summaryOf(runId)).state === 'closed');
    await work.close();
    const unknown = (await summaryOf(runId)).outcomes['outcome-unknown'];
    expect(unknown).toBeGreaterThan(0);
    const ledger = installation.sandbox.ledger().length;

    const rehearsal = await run({ shadow: true });
    expect(rehearsal).toMatchObject({ state: 'closed', balanced: true });
    expect(rehearsal.outcomes['outcome-unknown']).toBe(unknown);
    expect(rehearsal.outcomes.confirmed).toBe(everybody - unknown);
    expect(installation.sandbox.ledger()).toHaveLength(ledger);
    expect((await run({})).outcomes).toMatchObject({ 'outcome-unknown': 0, enrolled: everybody });
    expect(Object.values(carriedOut(installation))).toEqual(people.map(() => 1));
  });

  it('is refused while an ordinary run is open, and goes on while it is open itself', async () => {
    await open();
    const night = await start({});
    await expect(start({ shadow: true })).rejects.toMatchObject({ code: 'EXECUTION_DEJA_OUVERTE' });
    await expect(start({ maxWrites: 3 })).rejects.toMatchObject({ code: 'EXECUTION_DEJA_OUVERTE' });
    await installation.rows(`update run set shadow = true where id = $1`, [night]);
    expect(await start({})).toBe(night);
    expect(await start({ shadow: true })).toBe(night);
  });
});

describe('a cap on registrations', () => {
  it('is kept to the person, whatever is lost on the way, and the rest goes on in later runs', async () => {
    await open([lost({})]);
    let enrolled = 0;
    for (const maxWrites of [0, 4, 5, 100]) {
      const capped = await run({ maxWrites });
      expect(capped).toMatchObject({ state: 'closed', balanced: true, maxWrites });
      const sent = Math.min(maxWrites, everybody - enrolled);
      expect(capped.writes).toBe(sent);
      expect(capped.outcomes.enrolled).toBe(sent);
      enrolled += sent;
      expect(installation.sandbox.ledger()).toHaveLength(enrolled);
      if (enrolled < everybody)
        expect(Object.values(await outcomes(installation))).toContain('confirmed PLAFOND_ATTEINT');
    }
    expect(Object.values(carriedOut(installation))).toEqual(people.map(() => 1));
  });

  it('is kept by many processes of which some are killed', async () => {
    await open([lost({ rate: 1, when: 'before', fault: { kind: 'transport', failure: 'never-answer' } })]);
    const runId = await start({ maxWrites: 7 });
    for (let one = 0; one < 3; one++) workers.push(startWorkerProcess(installation, QUICK_RECOVERY));
    await until(
      'somebody is being sent',
      async () => (await installation.rows(`select 1 from enrolment where state = 'sending'`)).length > 0,
      40_000,
    );
    await Promise.all(workers.slice(0, 2).map((worker) => worker.kill()));
    await until('the run is over', async () => (await summaryOf(runId)).state === 'closed', 40_000);
    expect(await summaryOf(runId)).toMatchObject({ balanced: true, maxWrites: 7, writes: 7 });
    expect((await summaryOf(runId)).outcomes.enrolled).toBe(7);
    expect(installation.sandbox.ledger()).toHaveLength(7);
  }, 90_000);
});
