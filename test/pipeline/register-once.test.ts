import { afterEach, describe, expect, it } from '@jest/globals';
import { ODDITIES, TRANSPORT_FAILURES, type Fault, type FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { openInstallation, type Installation } from './installation.ts';
import { carriedOut, night, outcomes } from './night.ts';
import { refOf, village, villager, type Villager } from './village.ts';

let installation: Installation | null = null;
afterEach(async () => {
  await installation?.close();
  installation = null;
});

const FAMILIES = ['NDIAYE', 'DIOP', 'FALL', 'SOW', 'SARR'];

/** A holder and a dependant in each household: a fault must not lose either. */
const people: readonly Villager[] = FAMILIES.slice(0, 3).flatMap((familyName, index) => {
  const household = `SN-000${index + 1}`;
  return [
    villager({ household, number: 1, givenNames: 'Moussa', familyName }),
    villager({ household, number: 2, givenNames: 'Awa', familyName, sex: 'F', birth: '1985-03-09', relationship: 2 }),
  ];
});
const everybodyOnce = Object.fromEntries(people.map((one) => [refOf(one), 1]));
const everybodyEnrolled = Object.fromEntries(people.map((one) => [refOf(one), 'enrolled']));

async function expectEverybodyOnce(
  fault: Fault,
  when: FaultRule['when'],
  change: Partial<FaultRule> = {},
  capabilities = { idempotencyKey: false, searchByReference: true },
): Promise<void> {
  const rule: FaultRule = {
    service: 'sigicmu',
    operation: 'enregistrerAdhesion',
    rate: 1,
    when,
    attempts: 'first',
    fault,
    ...change,
  };
  installation = await openInstallation({ village: village(people), sandbox: { faults: [rule], capabilities } });
  const summary = await night(installation);
  expect(summary).toMatchObject({ state: 'closed', balanced: true });
  expect(await outcomes(installation)).toEqual(everybodyEnrolled);
  expect(carriedOut(installation)).toEqual(everybodyOnce);
}

// The insurer does not recognise keys here: whatever is sent again is registered again.
describe('everybody is registered exactly once when the first answer of each is spoiled', () => {
  const transport = TRANSPORT_FAILURES.filter((failure) => failure !== 'jetty-400' && failure !== 'redirect');
  it.each(transport.flatMap((failure) => [[failure, 'before'] as const, [failure, 'after'] as const]))(
    '%s, %s the effect',
    (failure, when) => expectEverybodyOnce({ kind: 'transport', failure, durationMs: 900 }, when),
  );
});
