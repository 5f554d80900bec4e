import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import type { Registries } from '../../fixtures/sandbox/registries.ts';
import { openInstallation, type Installation } from './installation.ts';
import { carriedOut, night, openRunOf, outcomes, workOnce } from './night.ts';
import { village, villager, type Villager } from './village.ts';

let installation: Installation;
afterEach(() => installation.close());

const head = villager({ household: 'SN-0001', number: 1, givenNames: 'Moussa', familyName: 'NDIAYE', act: {} });

async function open(people: readonly Villager[], faults: readonly FaultRule[], registries: Partial<Registries> = {}) {
  const made = village(people);
  installation = await openInstallation({
    village: { ...made, registries: { ...made.registries, ...registries } },
    sandbox: { faults },
  });
}

const away = (service: FaultRule['service'], change: Partial<FaultRule> = {}): FaultRule => ({
  service,
  rate: 1,
  when: 'before',
  attempts: 'first',
  fault: { kind: 'transport', failure: 'html-503' },
  ...change,
});

interface Asked {
  operation: string;
  outcome: string;
  calls: number;
}
const asked = (): Promise<Asked[]> =>
  installation.rows(`select a.operation, r.outcome, count(*)::int as calls from attempt a
    join attempt_result r using (message_id) group by 1, 2 order by 1, 2`);

describe('a registry that is away', () => {
  it('defers the person, who is asked about again only where the answer is missing', async () => {
    await open([head], [away('etat-civil')]);
    expect((await night(installation)).outcomes).toMatchObject({ enrolled: 1 });
    expect(await asked()).toEqual([
      { operation: 'birth-record', outcome: 'answer', calls: 1 },
      { operation: 'birth-record', outcome: 'unknown', calls: 1 },
      { operation: 'cover', outcome: 'answer', calls: 1 },
      { operation: 'id-card', outcome: 'answer', calls: 1 },
      { operation: 'register', outcome: 'answer', calls: 1 },
    ]);
  });

  it('does not hold up the others of the household', async () => {
    const byCard = { ...head, act: null };
    const byAct = villager({
      ...{ household: 'SN-0001', number: 2, givenNames: 'Awa', familyName: 'SOW', sex: 'F' },
      ...{ card: null, act: { motherGivenNames: 'Fatou', motherFamilyName: 'BA' } },
    });
    await open([byCard, byAct], [away('cni', { attempts: 'all' })]);
    await workOnce(installation.context, await openRunOf(installation));
    expect(await outcomes(installation)).toEqual({
      'SN-0001/1': 'deferred SERVICE_INDISPONIBLE',
      'SN-0001/2': 'confirmed',
    });
  });

  it('burns no try of anybody when the route to it is closed', async () => {
    const fault = { kind: 'xroad-error', code: 'Server.ServerProxy.AccessDenied' } as const;
    await open([head], [away('cni', { attempts: 3, fault })]);
    expect((await night(installation)).outcomes).toMatchObject({ enrolled: 1 });
    const numbers = await installation.rows(`select distinct number from attempt where operation = 'id-card'`);
    expect(numbers).toEqual([{ number: 1 }]);
  });

  it('that cannot accept the question sends the person to an agent, and is not asked again', async () => {
    await open([head], [away('cni', { fault: { kind: 'transport', failure: 'jetty-400' }, attempts: 'all' })]);
    await night(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'needs-review MESSAGE_REFUSE' });
    expect((await asked()).filter(({ operation }) => operation === 'id-card')).toMatchObject([{ calls: 1 }]);
  });

  it('all night leaves people deferred, the run closed and balanced, and the next night takes them up', async () => {
    await open([head], [away('cni', { attempts: 25 })]);
    await openRunOf(installation, 300);
    const first = await night(installation);
    expect(first).toMatchObject({ state: 'closed', balanced: true, people: 1 });
    expect(first.outcomes).toMatchObject({ deferred: 1 });
    const second = await night(installation);
    expect(second.outcomes).toMatchObject({ enrolled: 1 });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
  });
});

describe('too many people of one description', () => {
  it('are namesakes, for an agent to tell apart', async () => {
    const made = village([head]).registries.birthActs[0]!;
    const crowd = Array.from({ length: 21 }, (_, index) => ({
      ...made,
      registerNumber: String(index),
      extractNumber: `X-${index}`,
    }));
    await open([{ ...head, card: null, act: null }], [], { birthActs: crowd });
    await night(installation);
    expect(await outcomes(installation)).toEqual({ 'SN-0001/1': 'needs-review HOMONYMES' });
  });
});
