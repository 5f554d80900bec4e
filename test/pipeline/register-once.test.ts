import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REST_ODDITIES } from '../../fixtures/sandbox/faults/rest-oddity.ts';
import { TRANSPORT_FAILURES, type Fault, type FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { openInstallation } from './installation.ts';
import { carriedOut, night, outcomes } from './night.ts';
import { refOf, village, villager, type Villager } from './village.ts';

/** A holder and a dependant in each household: a fault must not lose either. */
const people: readonly Villager[] = ['NDIAYE', 'SOW'].flatMap((familyName, index) => {
  const household = `SN-000${index + 1}`;
  return [
    villager({ household, number: 1, givenNames: 'Moussa', familyName }),
    villager({ household, number: 2, givenNames: 'Awa', familyName, sex: 'F', birth: '1985-03-09', relationship: 2 }),
  ];
});

interface Case {
  readonly title: string;
  readonly when: FaultRule['when'];
  readonly fault: Fault;
}

const both = (title: string, fault: Fault): readonly Case[] =>
  (['before', 'after'] as const).map((when) => ({ title: `${title}, ${when} the effect`, when, fault }));

// Two answers are believed, for whoever gives them has not read the request: an HTTP server that refuses its first
// line, and a Security Server that takes a call for another protocol's. Both after an effect would be lies.
const transport = TRANSPORT_FAILURES.filter((failure) => failure !== 'jetty-400');
const oddities = REST_ODDITIES.filter((oddity) => oddity !== 'soap-fault-to-rest');
const XROAD_CODES = [
  'Server.ServerProxy.IOError',
  'Server.ServerProxy.NetworkError',
  'Server.ServerProxy.InternalError',
  'Server.ServerProxy.LoggingFailed',
  'Server.ServerProxy.CannotCreateSignature',
  'Server.ClientProxy.IOError',
  'Server.ClientProxy.LoggingFailed',
  'Server.ServerProxy.NeverHeardOf',
];

const CASES: readonly Case[] = [
  ...transport.flatMap((failure) => both(failure, { kind: 'transport', failure, durationMs: 1_500 })),
  ...XROAD_CODES.flatMap((code) => both(code, { kind: 'xroad-error', code, message: null })),
  ...[500, 502, 504].flatMap((status) => both(`status ${status} of the service`, { kind: 'service-status', status })),
  ...oddities.map((oddity) => ({
    title: oddity,
    when: 'after' as const,
    fault: { kind: 'oddity' as const, oddity },
  })),
  ...(['read-timed-out', 'close'] as const).map((answer) => ({
    title: `late effect, told by ${answer}`,
    when: 'after' as const,
    fault: { kind: 'late-effect' as const, delayMs: 600, answer },
  })),
];

interface Ending {
  readonly state: string;
  readonly balanced: boolean;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly carriedOut: Readonly<Record<string, number>>;
}

/**
 * The night in which the first registration of everybody is spoiled in one way. The insurer does not recognise keys:
 * whatever is sent again is registered again.
 */
async function nightWith({ fault, when }: Case): Promise<Ending> {
  const rule = { service: 'sigicmu', operation: 'enregistrerAdhesion', rate: 1, when, attempts: 'first' } as const;
  const installation = await openInstallation({
    village: village(people),
    sandbox: { faults: [{ ...rule, fault }], capabilities: { idempotencyKey: false, searchByReference: true } },
    settings: { PNBSF_POOL: '4' },
  });
  try {
    const { state, balanced } = await night(installation);
    return { state, balanced, outcomes: await outcomes(installation), carriedOut: carriedOut(installation) };
  } finally {
    await installation.close();
  }
}

const everybody = people.map(refOf);
const NIGHTS_AT_ONCE = 8;

describe('everybody is registered exactly once when the first answer about each is', () => {
  const endings = new Map<string, Promise<Ending>>();
  beforeAll(async () => {
    const waiting = [...CASES];
    const play = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const ending = nightWith(next);
        endings.set(next.title, ending);
        await ending.catch(() => undefined); // its own test tells
      }
    };
    await Promise.all(Array.from({ length: NIGHTS_AT_ONCE }, play));
  }, 180_000);
  afterAll(() => endings.clear());

  it.each(CASES)('$title', async ({ title }) => {
    expect(await endings.get(title)).toEqual({
      state: 'closed',
      balanced: true,
      outcomes: Object.fromEntries(everybody.map((ref) => [ref, 'enrolled'])),
      carriedOut: Object.fromEntries(everybody.map((ref) => [ref, 1])),
    });
  });
});
