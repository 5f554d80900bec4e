import type { CallContext, CallResult } from '../domain/partner-call.ts';
import type { CallRunner } from './call-runner.ts';
import type { Caller } from './caller.ts';
import type { RestAnswer, RestCall, SoapAnswer, SoapCall } from './exchange-client.ts';
import { interpretRestAnswer } from './rest/rest-answer.ts';
import { restRequest } from './rest/rest-request.ts';
import { sentClient, sentService } from './rest/sent-identifier.ts';
import { interpretSoapAnswer } from './soap/soap-answer.ts';
import { soapRequest } from './soap/soap-request.ts';

/** One REST call, written, sent once and interpreted. */
export function callRest(
  runner: CallRunner,
  caller: Caller,
  call: RestCall,
  context: CallContext,
): Promise<CallResult<RestAnswer>> {
  return runner.run(call, context, () => {
    const wire = restRequest(call, context, caller);
    const sent = { id: context.messageId, client: sentClient(caller.client), service: sentService(call.service) };
    return { wire, interpret: (answer) => interpretRestAnswer(answer, sent) };
  });
}

/** One SOAP call, written, sent once and interpreted. */
export function callSoap(
  runner: CallRunner,
  caller: Caller,
  call: SoapCall,
  context: CallContext,
): Promise<CallResult<SoapAnswer>> {
  return runner.run(call, context, () => {
    const sent = soapRequest(call, context, caller);
    return { wire: sent.wire, interpret: (answer) => interpretSoapAnswer(answer, sent) };
  });
}
