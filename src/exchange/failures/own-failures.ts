import type { FailureScope, OutcomeClass } from './failure-rule.ts';

/** One failure that is found on our side of our Security Server. */
export interface OwnFailure {
  readonly class: OutcomeClass;
  readonly scope: FailureScope;
  readonly reason: string;
}

/** Failures without an X-Road code, by our own codes. What may have been written to a socket is unknown. */
export const OWN_FAILURES = Object.freeze({
  'invalid-call': {
    class: 'message',
    scope: 'message',
    reason: 'the call cannot be written on the wire; nothing was sent',
  },
  'aborted-before-sending': {
    class: 'transient',
    scope: 'message',
    reason: 'the caller gave up before anything was written',
  },
  aborted: { class: 'unknown', scope: 'message', reason: 'the caller gave up a read that had left' },
  'name-not-resolved': {
    class: 'transient',
    scope: 'consumer-server',
    reason: 'the name of our Security Server was not resolved',
  },
  'connect-failed': {
    class: 'transient',
    scope: 'consumer-server',
    reason: 'no connection to our Security Server could be made',
  },
  'connect-timeout': {
    class: 'transient',
    scope: 'consumer-server',
    reason: 'our Security Server accepted no connection in time',
  },
  'tls-not-trusted': {
    class: 'route',
    scope: 'consumer-server',
    reason: 'a certificate was refused, by us or by our Security Server',
  },
  'no-security-server': {
    class: 'transient',
    scope: 'consumer-server',
    reason: 'every Security Server has failed repeatedly and is left alone for a while',
  },
  'connection-lost': {
    class: 'unknown',
    scope: 'consumer-server',
    reason: 'the connection ended after the request began to be written and before the answer was complete',
  },
  'deadline-exceeded': {
    class: 'unknown',
    scope: 'route',
    reason: 'no complete answer within the deadline of the operation',
  },
  'answer-too-large': { class: 'unknown', scope: 'route', reason: 'the answer is larger than the configured limit' },
  'unreadable-answer': {
    class: 'unknown',
    scope: 'route',
    reason: 'the answer is cut off, ill-formed or in a charset it does not declare',
  },
  'protocol-violation': {
    class: 'unknown',
    scope: 'route',
    reason: 'the answer is not an acceptable answer to the message sent; the rule follows the code',
  },
  'refused-by-http-server': {
    class: 'message',
    scope: 'message',
    reason: 'status 400, 414 or 431 without any mark of X-Road: the address or the headers were refused',
  },
  'not-x-road': {
    class: 'unknown',
    scope: 'consumer-server',
    reason: 'an answer without any mark of X-Road, as a proxy or a load balancer gives',
  },
  'unrecognised-code': { class: 'unknown', scope: 'route', reason: 'an error code that is not made like one' },
} as const satisfies Readonly<Record<string, OwnFailure>>);

export type OwnFailureCode = keyof typeof OWN_FAILURES;
