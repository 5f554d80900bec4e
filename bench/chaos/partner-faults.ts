/**
 * Everything a partner may do to a caller, with the delays of production divided by the factor of the run. About one
 * registration in three meets trouble, before or after it was carried out; twelve in a hundred are carried out long after
 * the caller was told of a time-out. One read in forty fails.
 */
import type { Fault, FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import type { Times } from '../../src/domain/times.ts';

type When = FaultRule['when'];

/** Faults of a registration that prove nothing: the same to be seen whether it was carried out or not. */
function unclear({ writeDeadlineMs }: Times): readonly (readonly [rate: number, Fault])[] {
  return [
    [0.01, { kind: 'transport', failure: 'close-after-accept' }],
    [0.005, { kind: 'transport', failure: 'reset-after-accept' }],
    [0.005, { kind: 'transport', failure: 'html-502' }],
    [0.005, { kind: 'transport', failure: 'html-504' }],
    [0.005, { kind: 'transport', failure: 'empty-answer' }],
    // Longer than our own deadline, which is what ends the call.
    [0.005, { kind: 'transport', failure: 'never-answer', durationMs: 2 * writeDeadlineMs }],
    [0.01, { kind: 'service-status', status: 500 }],
    [0.01, { kind: 'xroad-error', code: 'Server.ServerProxy.IOError', message: 'Read timed out' }],
    [0.005, { kind: 'xroad-error', code: 'Server.ClientProxy.LoggingFailed', message: 'Failed to log message' }],
  ];
}

/** Faults that only an answer which exists can have. */
function spoiled({ writeDeadlineMs }: Times): readonly (readonly [rate: number, Fault])[] {
  return [
    [0.01, { kind: 'transport', failure: 'truncated-body' }],
    [0.005, { kind: 'transport', failure: 'close-after-headers' }],
    [0.005, { kind: 'transport', failure: 'content-length-too-long' }],
    // Carried out, and the answer is long on its way: who dies or freezes meanwhile is aimed at.
    [0.06, { kind: 'transport', failure: 'slow-drip', durationMs: writeDeadlineMs / 2 }],
    [0.005, { kind: 'oddity', oddity: 'wrong-echo-id' }],
    [0.005, { kind: 'oddity', oddity: 'wrong-request-hash' }],
    [0.005, { kind: 'oddity', oddity: 'missing-marks' }],
    [0.005, { kind: 'oddity', oddity: 'not-json' }],
  ];
}

/** A proof that nothing was processed, and long on its way: an answer that is old when a frozen process reads it. */
function refusedSlowly({ writeDeadlineMs }: Times): readonly (readonly [rate: number, Fault])[] {
  return [[0.03, { kind: 'xroad-error', code: UNREACHABLE, message: REFUSED, delayMs: 0.6 * writeDeadlineMs }]];
}

const UNREACHABLE = 'Server.ServerProxy.NetworkError';
const REFUSED = 'Connect to service.internal:8080 failed: connect timed out';

/** The nightmare: told of a time-out, the caller looks, finds nothing, and the registration happens after all. */
function late({ settleMs }: Times): readonly (readonly [rate: number, Fault])[] {
  return [
    [0.02, { kind: 'late-effect', delayMs: 0.3 * settleMs, answer: 'close' }],
    [0.1, { kind: 'late-effect', delayMs: 0.7 * settleMs, answer: 'read-timed-out' }],
  ];
}

/** Proofs that nothing was processed, and what any read may meet. */
function passing(readMs: number): readonly FaultRule[] {
  const rule = (rate: number, when: When, fault: Fault): FaultRule => ({ service: '*', rate, when, fault });
  return [
    rule(0.01, 'before', { kind: 'xroad-error', code: UNREACHABLE, message: REFUSED }),
    rule(0.003, 'before', { kind: 'service-status', status: 503 }),
    rule(0.003, 'before', { kind: 'transport', failure: 'html-503' }),
    rule(0.003, 'after', { kind: 'transport', failure: 'truncated-body' }),
    rule(0.003, 'after', { kind: 'transport', failure: 'reset-after-accept' }),
    rule(0.003, 'after', { kind: 'transport', failure: 'slow-drip', durationMs: readMs / 3 }),
    rule(0.002, 'before', { kind: 'transport', failure: 'never-answer', durationMs: 2 * readMs }),
  ];
}

/** Up to so many people the rates are as written above; a larger night meets as many troubles as one of this size. */
const PEOPLE_OF_FULL_RATES = 10_000;

/**
 * The share of those rates in a night of so many people. A caller takes time-outs for signs of load and sends less at a
 * time: with one call in ten ending in one, a night of 100,000 would last two hours with idle processors.
 */
export function troubleShare(people: number): number {
  return Math.min(1, PEOPLE_OF_FULL_RATES / people);
}

/** The rules of a chaos night. `readMs` is the caller's deadline of a read; `share` comes from {@link troubleShare}. */
export function partnerFaults(times: Times, readMs: number, share: number): readonly FaultRule[] {
  const writes = (when: When, faults: readonly (readonly [number, Fault])[]): readonly FaultRule[] =>
    faults.map(([rate, fault]) => ({
      service: 'sigicmu',
      operation: 'enregistrerAdhesion',
      rate: rate * share,
      when,
      fault,
    }));
  // The end of a night is short: its first pages are held back, so that disturbances meet it too.
  const pages: FaultRule = {
    service: 'sigicmu',
    operation: 'listerAdhesions',
    rate: 0.5,
    when: 'before',
    attempts: 'first',
    fault: { kind: 'transport', failure: 'never-answer', durationMs: 2 * readMs },
  };
  return [
    ...writes('before', refusedSlowly(times)),
    ...writes('before', unclear(times)),
    ...writes('after', unclear(times)),
    ...writes('after', spoiled(times)),
    ...writes('after', late(times)),
    pages,
    ...passing(readMs).map((rule) => ({ ...rule, rate: rule.rate * share })),
  ];
}
