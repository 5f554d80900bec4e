import { afterEach, describe, expect, it } from '@jest/globals';
import type { Fault, FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { carriedOut, openRunOf, outcomes, workThrough } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { until } from '../support/until.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

let installation: Installation;
let worker: WorkerProcess | null = null;
afterEach(async () => {
  await worker?.kill();
  await installation.close();
});

const people = ['NDIAYE', 'SOW', 'FALL'].flatMap((familyName, index) => {
  const household = `SN-000${index + 1}`;
  return [
    villager({ household, number: 1, givenNames: 'Moussa', familyName }),
    villager({ household, number: 2, givenNames: 'Awa', familyName, sex: 'F', relationship: 2 }),
  ];
});

const slow = (service: FaultRule['service'], operation: string, fault: Fault): FaultRule => ({
  service,
  operation,
  rate: 1,
  when: 'after',
  attempts: 'first',
  fault,
});

/** Leases of an hour: whoever goes on before then was given the household back. */
const LONG_LEASES = { XROAD_WRITE_MS: '8000', PNBSF_SETTLE_MS: '9000', PNBSF_LEASE_MS: '3600000' };

async function open(fault: FaultRule): Promise<string> {
  installation = await openInstallation({
    village: village(people),
    sandbox: { faults: [fault], capabilities: { idempotencyKey: false, searchByReference: true } },
    settings: LONG_LEASES,
  });
  const runId = await openRunOf(installation);
  // Its reads would last a minute.
  worker = startWorkerProcess(installation, { XROAD_READ_MS: '60000' });
  return runId;
}

const holds = async (statement: string): Promise<boolean> => (await installation.rows(statement)).length > 0;

async function expectHandedOver(runId: string): Promise<void> {
  expect(await installation.rows('select 1 from household_work where lease_until is not null')).toEqual([]);
  expect(await workThrough(installation, runId)).toMatchObject({ state: 'closed', balanced: true });
  expect(Object.values(await outcomes(installation))).toEqual(people.map(() => 'enrolled'));
  expect(Object.values(carriedOut(installation))).toEqual(people.map(() => 1));
}

describe('a process asked to stop', () => {
  it('lets registrations under way end, sends nobody further, and hands everything over', async () => {
    const drip: Fault = { kind: 'transport', failure: 'slow-drip', durationMs: 3_000 };
    const runId = await open(slow('sigicmu', 'enregistrerAdhesion', drip));
    await until('registrations are under way', () => holds(`select 1 from enrolment where state = 'sending'`), 40_000);
    worker!.signal('SIGTERM');
    worker!.signal('SIGINT');
    expect(await worker!.ended()).toBe(0);
    const sent = await installation.rows<{ state: string; sends: number }>(
      'select state, sends from enrolment where sends > 0 order by id',
    );
    // The answers came in drips, whole: whoever had left is known, and nobody left afterwards.
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent.map(({ state }) => state))).toEqual(new Set(['enrolled']));
    expect(sent.length).toBeLessThan(people.length);
    await expectHandedOver(runId);
  }, 90_000);

  it('gives up its reads at once, and puts nobody off for it', async () => {
    const silent: Fault = { kind: 'transport', failure: 'never-answer', durationMs: 120_000 };
    const runId = await open(slow('cni', 'rechercherTitulaire', silent));
    await until('cards are asked for', () => holds(`select 1 from attempt where operation = 'id-card'`), 40_000);
    worker!.signal('SIGTERM');
    expect(await worker!.ended()).toBe(0);
    const states = await installation.rows<{ state: string; tries: number }>(
      'select distinct state, tries from enrolment',
    );
    expect(states).toEqual([{ state: 'received', tries: 0 }]);
    await expectHandedOver(runId);
  }, 90_000);
});
