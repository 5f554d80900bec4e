import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { registerHousehold } from '../../src/pipeline/register/register-household.ts';
import type { StepContext } from '../../src/pipeline/step-context.ts';
import { advanceRun } from '../../src/store/run/advance-run.ts';
import { until } from '../support/until.ts';
import { openInstallation, type Installation } from './installation.ts';
import { carriedOut, openRunOf, outcomes, workOnce, workThrough } from './night.ts';
import { village, villager } from './village.ts';

const DAY_MS = 86_400_000;

let installation: Installation;
afterEach(async () => {
  jest.useRealTimers();
  await installation.close();
});

const household = 'SN-0001';
const family = village([
  villager({ household, number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' }),
  villager({ household, number: 2, givenNames: 'Awa', familyName: 'SOW', sex: 'F', relationship: 2 }),
]);

/** The first registration of everybody is carried out and its answer lost. */
const ANSWER_LOST: FaultRule = {
  service: 'sigicmu',
  operation: 'enregistrerAdhesion',
  rate: 1,
  when: 'after',
  attempts: 'first',
  fault: { kind: 'transport', failure: 'close-after-headers' },
};

/** The wall clock of this process alone can be set from now on; everything that waits goes on by the real time. */
function takeWallClock(): void {
  jest.useFakeTimers({
    doNotFake: [
      ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
      ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
    ],
  });
}

describe('a clock that jumps', () => {
  // Nobody recognises what is sent again: a settle window cut short would register twice, a lease without end lose.
  it.each([
    ['forwards', [DAY_MS]],
    ['backwards', [-DAY_MS]],
    ['to and fro', [40 * DAY_MS, -80 * DAY_MS]],
  ])('%s by days while a household is held changes nothing', async (_way, jumps) => {
    const capabilities = { idempotencyKey: false, searchByReference: true };
    installation = await openInstallation({ village: family, sandbox: { faults: [ANSWER_LOST], capabilities } });
    const runId = await openRunOf(installation);
    takeWallClock();
    let looks = 0;
    const jump = (): void => {
      jest.setSystemTime(Date.now() + (jumps[looks++ % jumps.length] ?? 0));
    };
    // Between the answer of a partner and its record as well, for every message id is drawn beside a call.
    const { context } = installation;
    const jumping: StepContext = {
      ...context,
      newMessageId: () => {
        jump();
        return context.newMessageId();
      },
    };
    await until('the run is over', () => workOnce(jumping, runId), 50_000);
    expect(looks).toBeGreaterThan(2);
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1, 'SN-0001/2': 1 });
    expect(Object.values(await outcomes(installation))).toEqual(['enrolled', 'enrolled']);
  });

  it('by more than the lease, as after a standstill of the machine, lets nothing leave', async () => {
    installation = await openInstallation({ village: family });
    const runId = await openRunOf(installation);
    const { context } = installation;
    await workOnce(context, runId);
    await advanceRun(context.db, runId);
    const [work] = await installation.rows<{ id: string }>('select household_id::text as id from household_work');
    let readings = 0;
    // The claim reads it once; whoever reads it afterwards finds the lease over.
    const clock = {
      ...context.clock,
      monotonicMs: () => context.clock.monotonicMs() + (readings++ === 0 ? 0 : context.times.leaseMs),
    };
    await registerHousehold({ ...context, clock }, work?.id ?? '');
    expect(readings).toBeGreaterThan(1);
    expect(carriedOut(installation)).toEqual({});
    expect((await workThrough(installation, runId)).outcomes).toMatchObject({ enrolled: 2 });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1, 'SN-0001/2': 1 });
  }, 60_000);
});
