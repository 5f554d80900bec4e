import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSigicmuAdapter } from '../../adapters/sigicmu/create-sigicmu-adapter.ts';
import type { SandboxOptions } from '../../fixtures/sandbox/sandbox-options.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { partialDate, UNKNOWN_DATE } from '../../src/domain/partial-date.ts';
import type { CallResult } from '../../src/domain/partner-call.ts';
import type { Insurer, Registration, RegistrationRequest } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { attempt, exchangeWith, SIGICMU_SERVICE } from './exchange.ts';
import { REQUEST } from './registration.ts';
import { AWA, registries } from './registries.ts';

/** Each test has a SIGICMU of its own: what one registers must not be there for the next. */
async function withSigicmu(
  options: Partial<SandboxOptions>,
  body: (insurer: Insurer, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ registries, seed: 1, ...options });
  const exchange = exchangeWith(sandbox.url);
  const offered = { idempotencyKey: true, searchByReference: true, searchByIdentity: false, ...options.capabilities };
  try {
    await body(createSigicmuAdapter({ exchange, service: SIGICMU_SERVICE, capabilitiesOf: () => offered }), sandbox);
  } finally {
    await exchange.close();
    await sandbox.stop();
  }
}

function request(change: Partial<RegistrationRequest>): RegistrationRequest {
  return { ...REQUEST, ...change };
}

/** Somebody else of the household, whose papers are the extract alone. */
const CHILD = request({
  businessKey: 'PNBSF-2026:SN-04120199-7/2',
  personRef: 'SN-04120199-7/2',
  givenNames: 'Hélène',
  birth: partialDate(2019, 2),
  nationalId: null,
  birthRecordKey: 'PODOR-2019-0007',
  relationship: 'Enfant',
});

describe('SIGICMU finds covers', () => {
  let sandbox: Sandbox;
  let exchange: ExchangeClient;
  let insurer: Insurer;
  beforeAll(async () => {
    sandbox = await startSandbox({ registries, seed: 1 });
    exchange = exchangeWith(sandbox.url);
    insurer = createSigicmuAdapter({ exchange, service: SIGICMU_SERVICE });
  });
  afterAll(async () => {
    await exchange.close();
    await sandbox.stop();
  });

  const nobody = { personRef: 'SN-0/0', nationalId: null, fullName: 'Personne', sex: null, birth: UNKNOWN_DATE };

  it('by the reference of the person, suspended as it is', async () => {
    expect(await insurer.findCover({ ...nobody, personRef: 'SN-04120199-9/1' }, attempt())).toMatchObject({
      kind: 'answer',
      value: [
        {
          registrationCode: 'A0001B0001',
          scheme: 'BSF',
          familyName: 'SOW',
          givenNames: 'Moussa',
          sex: 'M',
          birth: partialDate(1970),
          nationalId: '1751197000001',
          personRef: 'SN-04120199-9/1',
          coverEnd: '2026-03-01',
          active: false,
        },
      ],
    });
  });

  it('by number, and by name and birth, of whatever scheme', async () => {
    expect(await insurer.findCover({ ...nobody, nationalId: '1751197000001' }, attempt())).toMatchObject({
      value: [{ registrationCode: 'A0001B0001' }],
    });
    const namesake = { ...nobody, fullName: 'Hélène BA', sex: 'F', birth: partialDate(1990) } as const;
    expect(await insurer.findCover(namesake, attempt())).toMatchObject({
      value: [
        { registrationCode: 'C0001D0001', scheme: 'CONTRIBUTIF', nationalId: null, personRef: null, active: true },
      ],
    });
  });

  it('or nobody', async () => {
    expect(await insurer.findCover(nobody, attempt())).toMatchObject({ kind: 'answer', value: [] });
  });
});

describe('SIGICMU registers', () => {
  it('a person once, whatever the number of attempts', () =>
    withSigicmu({}, async (insurer, sandbox) => {
      const first = await insurer.register(REQUEST, attempt());
      expect(first).toMatchObject({
        kind: 'answer',
        value: {
          businessKey: REQUEST.businessKey,
          personRef: AWA.personRef,
          kind: 'new',
          amountPaid: 0,
          subsidy: 7000,
          coverStart: '2026-11-21',
          coverEnd: '2027-11-20',
        },
      });
      const second = await insurer.register(REQUEST, attempt());
      expect(valueOf(second)).toEqual(valueOf(first));
      expect(sandbox.ledger()).toHaveLength(1);
    }));

  it('a dependant under the holder’s code, on a birth record', () =>
    withSigicmu({}, async (insurer) => {
      const holder = valueOf(await insurer.register(REQUEST, attempt()));
      const child = await insurer.register({ ...CHILD, holderCode: holder.registrationCode }, attempt());
      expect(child).toMatchObject({ kind: 'answer', value: { personRef: CHILD.personRef, kind: 'new' } });
      const query = { ...CHILD, fullName: 'Hélène NDIAYE' };
      expect(await insurer.findCover(query, attempt())).toMatchObject({ value: [{ nationalId: 'PODOR-2019-0007' }] });
    }));

  it('a renewal of an expired cover', () =>
    withSigicmu({}, async (insurer) => {
      const renewal = request({ personRef: 'SN-04120199-9/1', renews: 'A0001B0001', nationalId: null });
      expect(await insurer.register(renewal, attempt())).toMatchObject({
        kind: 'answer',
        value: { kind: 'renewal', registrationCode: 'A0001B0001' },
      });
    }));

  it.each<[string, Partial<RegistrationRequest>]>([
    ['holder-unknown', { holderCode: 'Z9999Z9999' }],
    ['cover-unknown', { renews: 'Z9999Z9999' }],
    ['rejected', { relationship: 'Cousin' }],
  ])('and refuses: %s', (code, change) =>
    withSigicmu({}, async (insurer, sandbox) => {
      expect(await insurer.register(request(change), attempt())).toMatchObject({ kind: 'refusal', code });
      expect(sandbox.ledger()).toEqual([]);
    }),
  );

  it('and refuses the covered person, and does not know what a key of another content left behind', () =>
    withSigicmu({}, async (insurer, sandbox) => {
      await insurer.register(REQUEST, attempt());
      const otherCampaign = request({ businessKey: `AUTRE:${AWA.personRef}`, campaign: 'AUTRE' });
      expect(await insurer.register(otherCampaign, attempt())).toMatchObject({
        kind: 'refusal',
        code: 'already-registered',
      });
      expect(await insurer.register(request({ phone: '770000000' }), attempt())).toMatchObject({
        kind: 'unknown',
        code: 'key-reused',
      });
      expect(sandbox.ledger()).toHaveLength(1);
    }));

  it('and does not know yet what becomes of a request that is still running', () =>
    withSigicmu({ latency: { sigicmu: { fixedMs: 1_000 } } }, async (insurer, sandbox) => {
      const both = await Promise.all([insurer.register(REQUEST, attempt()), insurer.register(REQUEST, attempt())]);
      expect(both.map((result) => result.kind).sort()).toEqual(['answer', 'unknown']);
      expect(both.find((result) => result.kind === 'unknown')).toMatchObject({ code: 'still-running' });
      expect(sandbox.ledger()).toHaveLength(1);
    }));

  it('and finds again what a lost answer left behind', () =>
    withSigicmu(
      {
        faults: [
          {
            service: 'sigicmu',
            operation: 'enregistrerAdhesion',
            rate: 1,
            when: 'after',
            fault: { kind: 'transport', failure: 'reset-after-accept' },
          },
        ],
      },
      async (insurer) => {
        expect(await insurer.findRegistration(REQUEST.businessKey, attempt())).toMatchObject({
          kind: 'answer',
          value: null,
        });
        expect((await insurer.register(REQUEST, attempt())).kind).toBe('unknown');
        expect(await insurer.findRegistration(REQUEST.businessKey, attempt())).toMatchObject({
          value: { businessKey: REQUEST.businessKey, personRef: AWA.personRef, kind: 'new' },
        });
      },
    ));

  it('without a key where none is understood', () =>
    withSigicmu({ capabilities: { idempotencyKey: false } }, async (insurer) => {
      expect((await insurer.register(REQUEST, attempt())).kind).toBe('answer');
    }));

  it('and a search it does not offer proves no absence', () =>
    withSigicmu({ capabilities: { searchByReference: false } }, async (insurer) => {
      expect(await insurer.findRegistration(REQUEST.businessKey, attempt())).toMatchObject({
        kind: 'not-processed',
        failure: 'route',
      });
    }));
});

describe('SIGICMU is read back', () => {
  it('a page at a time, oldest first, each registration once', () =>
    withSigicmu({}, async (_, sandbox) => {
      const exchange = exchangeWith(sandbox.url);
      const insurer = createSigicmuAdapter({ exchange, service: SIGICMU_SERVICE, pageSize: 1 });
      const asked = [REQUEST, CHILD].map((each) => each.businessKey);
      await insurer.register(REQUEST, attempt());
      await insurer.register(CHILD, attempt());
      const keys: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await insurer.listRegistrations('PNBSF-2026', cursor, attempt());
        if (page.kind !== 'answer') throw new Error(page.kind);
        keys.push(...page.value.registrations.map((each) => each.businessKey));
        cursor = page.value.next;
      } while (cursor !== null);
      expect(keys).toEqual(asked);
      expect(await insurer.listRegistrations('PNBSF-2026', 'invente', attempt())).toMatchObject({
        kind: 'refusal',
        code: 'cursor-invalid',
      });
      await exchange.close();
    }));

  it('and is empty for a campaign nobody ran', () =>
    withSigicmu({}, async (insurer) => {
      expect(await insurer.listRegistrations('PNBSF 1999 & co', null, attempt())).toMatchObject({
        kind: 'answer',
        value: { registrations: [], next: null },
      });
    }));
});

function valueOf(result: CallResult<Registration>): Registration {
  if (result.kind !== 'answer') throw new Error(`${result.kind}: ${result.code}`);
  return result.value;
}
