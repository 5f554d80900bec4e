import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StepContext } from '../../src/pipeline/step-context.ts';
import { advanceRun } from '../../src/store/run/advance-run.ts';
import { openInstallation, type Installation } from './installation.ts';
import { openRunOf, outcomes, workOnce } from './night.ts';
import { village, villager } from './village.ts';

const HOUR = 3_600_000;

let installation: Installation;
let context: StepContext;
beforeEach(async () => {
  installation = await openInstallation({
    village: village([
      villager({ household: 'SN-0001', number: 1, givenNames: 'Moussa', familyName: 'NDIAYE', act: {} }),
      villager({ household: 'SN-0002', number: 1, givenNames: 'Awa', familyName: 'SOW', sex: 'F' }),
    ]),
    sandbox: {
      faults: [
        {
          service: 'etat-civil',
          rate: 1,
          when: 'before',
          attempts: 'first',
          fault: { kind: 'transport', failure: 'html-503' },
        },
      ],
    },
    settings: { PNBSF_FIRST_PAUSE_MS: '60000', PNBSF_LONGEST_PAUSE_MS: '60000' },
  });
  // The longest pause there is: a minute.
  context = { ...installation.context, random: () => 1 };
});
afterEach(() => installation.close());

const state = (runId: string): Promise<string | null> => advanceRun(context.db, runId);

describe('registrations', () => {
  it('wait for whoever an absent registry paused', async () => {
    const runId = await openRunOf(installation, 24 * HOUR);
    await workOnce(context, runId);
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/1': 'deferred SERVICE_INDISPONIBLE' });
    expect(await state(runId)).toBe('verifying');
    await installation.rows('update enrolment set not_before = now() where not_before is not null');
    await installation.rows('update household_work set verify_due = now() where verify_due is not null');
    await workOnce(context, runId);
    expect(await state(runId)).toBe('registering');
  });

  it('do not wait for ever', async () => {
    const runId = await openRunOf(installation, 24 * HOUR);
    await workOnce(context, runId);
    expect(await state(runId)).toBe('verifying');
    await installation.rows('update run set deadline = now()');
    expect(await state(runId)).toBe('registering');
  });

  it('do not wait for whoever is paused beyond that', async () => {
    const runId = await openRunOf(installation, 120_000);
    await workOnce(context, runId);
    expect(await state(runId)).toBe('registering');
  });
});
