import type { CallContext, CallResult } from '../domain/partner-call.ts';
import { CallRunner } from './call-runner.ts';
import type { ExchangeClient, RestAnswer, RestCall, SoapAnswer, SoapCall } from './exchange-client.ts';
import { checkedOptions } from './exchange-options.ts';
import type { ExchangeOptions } from './exchange-options.ts';
import { serviceParts, subsystemParts } from './identifier-parts.ts';
import { interpretRestAnswer } from './rest/rest-answer.ts';
import { restRequest } from './rest/rest-request.ts';
import { interpretSoapAnswer } from './soap/soap-answer.ts';
import { soapRequest } from './soap/soap-request.ts';

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

function callRest(
  runner: CallRunner,
  options: ExchangeOptions,
  call: RestCall,
  context: CallContext,
): Promise<CallResult<RestAnswer>> {
  return runner.run(call, context, () => {
    const wire = restRequest(call, context, options);
    const sent = {
      id: context.messageId,
      client: subsystemParts(options.client),
      service: serviceParts(call.service),
    };
    return { wire, interpret: (answer) => interpretRestAnswer(answer, sent) };
  });
}

function callSoap(
  runner: CallRunner,
  options: ExchangeOptions,
  call: SoapCall,
  context: CallContext,
): Promise<CallResult<SoapAnswer>> {
  return runner.run(call, context, () => {
    const sent = soapRequest(call, context, options);
    return { wire: sent.wire, interpret: (answer) => interpretSoapAnswer(answer, sent) };
  });
}
