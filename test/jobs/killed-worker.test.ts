import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { carriedOut, openRunOf, outcomes, workThrough } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { until } from '../support/until.ts';

let installation: Installation;
let worker: ChildProcess | null = null;
afterEach(async () => {
  worker?.kill('SIGKILL');
  await installation.close();
});

const people = ['NDIAYE', 'SOW', 'FALL'].flatMap((familyName, index) => {
  const household = `SN-000${index + 1}`;
  return [
    villager({ household, number: 1, givenNames: 'Moussa', familyName }),
    villager({ household, number: 2, givenNames: 'Awa', familyName, sex: 'F', relationship: 2 }),
  ];
});

const neverAnswered = (when: FaultRule['when']): FaultRule => ({
  service: 'sigicmu',
  operation: 'enregistrerAdhesion',
  rate: 1,
  when,
  attempts: 'first',
  fault: { kind: 'transport', failure: 'never-answer' },
});

/** Starts `pnbsf-cmu worker` on the installation. */
function startWorkerProcess(): ChildProcess {
  return spawn(process.execPath, ['src/cli/launcher.mjs', 'worker'], {
    env: { ...process.env, ...installation.environment },
    stdio: 'ignore',
  });
}

describe('a worker killed between the intent and the answer', () => {
  it.each(['before', 'after'] as const)(
    'is followed by another, and everybody is registered once: killed %s the effect',
    async (when) => {
      installation = await openInstallation({
        village: village(people),
        sandbox: {
          faults: [neverAnswered(when)],
          capabilities: { idempotencyKey: false, searchByReference: true },
        },
        // The killed worker must still be waiting when it is killed.
        settings: { XROAD_WRITE_MS: '900', PNBSF_SETTLE_MS: '1000', PNBSF_LEASE_MS: '5000' },
      });
      const runId = await openRunOf(installation);
      worker = startWorkerProcess();
      await until(
        'a registration is under way',
        async () => (await installation.rows(`select 1 from enrolment where state = 'sending'`)).length > 0,
        40_000,
      );
      worker.kill('SIGKILL');
      await once(worker, 'exit');
      const left = await installation.rows<{ owner: string }>(
        `select distinct w.owner from household_work w join enrolment e using (household_id) where e.state = 'sending'`,
      );
      expect(left).toHaveLength(1);
      expect(await workThrough(installation, runId)).toMatchObject({ state: 'closed', balanced: true });
      expect(Object.values(await outcomes(installation))).toEqual(people.map(() => 'enrolled'));
      expect(Object.values(carriedOut(installation))).toEqual(people.map(() => 1));
    },
    90_000,
  );
});
