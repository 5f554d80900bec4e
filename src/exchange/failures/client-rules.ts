import type { FailureRule } from './failure-rule.ts';

/** Our Security Server refused our message, before anything was forwarded. */
export const CLIENT_RULES: readonly FailureRule[] = [
  {
    origin: 'Client',
    codes: ['InvalidHttpMethod'],
    protocol: 'rest',
    class: 'route',
    scope: 'route',
    reason: 'a REST call reached the SOAP entrance: the base URL is wrong',
  },
  {
    origin: 'Client',
    codes: ['IOError', 'NetworkError'],
    class: 'transient',
    scope: 'consumer-server',
    reason: 'our upload broke before it was complete',
  },
  {
    origin: 'Client',
    codes: ['*'],
    class: 'message',
    scope: 'message',
    reason: 'our Security Server refused the message as written and forwarded nothing',
  },
];
