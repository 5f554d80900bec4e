import { CallRunner } from './call-runner.ts';
import { callRest, callSoap } from './calls.ts';
import type { ExchangeClient } from './exchange-client.ts';
import { checkedOptions } from './exchange-options.ts';
import type { ExchangeOptions } from './exchange-options.ts';

/**
 * The exchange with its Security Servers. Options are checked once; throws `ExchangeOptionsError` with everything
 * that is wrong. No connection is opened before the first call.
 */
export function createExchangeClient(given: ExchangeOptions): ExchangeClient {
  const options = checkedOptions(given);
  const runner = new CallRunner(options);
  return {
    rest: (call, context) => callRest(runner, options, call, context),
    soap: (call, context) => callSoap(runner, options, call, context),
    close: () => runner.close(),
  };
}
