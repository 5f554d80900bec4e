import type { FaultRule } from '../../../fixtures/sandbox/faults/fault-rule.ts';

/**
 * What goes wrong in the demonstration's night: little, but of every kind that matters. Each strikes a person's first
 * attempts only, so that the night ends; which people, the seed decides.
 */
export const DEMO_FAULTS: readonly FaultRule[] = [
  {
    service: 'cni',
    rate: 0.02,
    when: 'before',
    attempts: 'first',
    fault: {
      kind: 'xroad-error',
      code: 'Server.ServerProxy.NetworkError',
      message: 'Connect to cni-app failed: refused',
    },
  },
  {
    service: 'etat-civil',
    rate: 0.02,
    when: 'before',
    attempts: 'first',
    fault: { kind: 'transport', failure: 'html-503' },
  },
  // The answer is lost after SIGICMU has registered the person: the case that registers people twice elsewhere.
  {
    service: 'sigicmu',
    operation: 'enregistrerAdhesion',
    rate: 0.02,
    when: 'after',
    attempts: 'first',
    fault: { kind: 'transport', failure: 'close-after-headers' },
  },
  {
    service: 'sigicmu',
    operation: 'enregistrerAdhesion',
    rate: 0.02,
    when: 'before',
    attempts: 'first',
    fault: { kind: 'xroad-error', code: 'Server.ServerProxy.IOError', message: 'Read timed out' },
  },
];
