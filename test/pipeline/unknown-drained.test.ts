import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { unknownOutcomes } from '../../src/store/run/unknown-outcomes.ts';
import { until } from '../support/until.ts';
import { CAMPAIGN, openInstallation, type Installation } from './installation.ts';
import { carriedOut, openRunOf, outcomes, workOnce, workThrough } from './night.ts';
import { village, villager } from './village.ts';

let installation: Installation;
afterEach(() => installation.close());

const heads = village(
  ['NDIAYE', 'SOW', 'FALL', 'DIOP'].map((familyName, index) =>
    villager({
      household: `SN-000${index + 1}`,
      number: 1,
      givenNames: 'Moussa',
      familyName,
      birth: `${1950 + index}-05-12`,
    }),
  ),
);

const atSigicmu = (operation: string, rule: Pick<FaultRule, 'when' | 'attempts' | 'fault'>): FaultRule => ({
  service: 'sigicmu',
  operation,
  rate: 1,
  ...rule,
});

/** SIGICMU goes away as it registers, and stays away for three looks at each person. */
const AWAY = [
  atSigicmu('enregistrerAdhesion', {
    when: 'after',
    attempts: 'first',
    fault: { kind: 'transport', failure: 'reset-after-accept' },
  }),
  atSigicmu('rechercherAdhesion', { when: 'before', attempts: 3, fault: { kind: 'service-status', status: 503 } }),
];

describe('outcomes that are unknown because SIGICMU went away', () => {
  it('are counted with their age while it is away, and are all known once it is back', async () => {
    const capabilities = { idempotencyKey: false, searchByReference: true };
    installation = await openInstallation({ village: heads, sandbox: { faults: AWAY, capabilities } });
    const { context } = installation;
    const runId = await openRunOf(installation);
    await until('everybody is unknown', async () => {
      await workOnce(context, runId);
      return (await unknownOutcomes(context.db, CAMPAIGN)).people === 4;
    });
    expect((await unknownOutcomes(context.db, CAMPAIGN)).oldestMs).toBeGreaterThan(0);

    const summary = await workThrough(installation, runId);
    expect(summary.state).toBe('closed');
    expect(await unknownOutcomes(context.db, CAMPAIGN)).toEqual({ people: 0, oldestMs: null });
    expect(Object.values(await outcomes(installation))).toEqual(['enrolled', 'enrolled', 'enrolled', 'enrolled']);
    expect(Object.values(carriedOut(installation))).toEqual([1, 1, 1, 1]);
  }, 60_000);
});
