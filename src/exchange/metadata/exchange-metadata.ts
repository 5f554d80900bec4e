import type { CallContext, CallResult } from '../../domain/partner-call.ts';
import { CallRunner } from '../call-runner.ts';
import { callRest, callSoap } from '../calls.ts';
import { decodeText } from '../decode-text.ts';
import type { RestAnswer, SoapAnswer } from '../exchange-client.ts';
import { checkedOptions } from '../exchange-options.ts';
import type { ExchangeOptions } from '../exchange-options.ts';
import type { ServiceId, SubsystemId } from '../identifiers.ts';
import { encodeIdentifier } from '../rest/identifier-encoding.ts';
import { NAMESPACES } from '../soap/namespaces.ts';
import { parentElement, textElement } from '../soap/new-element.ts';
import { xmlText } from '../soap/xml-text.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import type { XmlElement } from '../xml-element.ts';
import { interpretClientList } from './client-list.ts';
import type { ProviderService, RegisteredClient, ServiceDescription } from './metadata-records.ts';
import { readClients, readRestServices, readSoapServices } from './read-metadata.ts';

/** Whether `listMethods` gives all services of a provider or those we may call. */
export type MethodList = 'listMethods' | 'allowedMethods';

/** What the exchange tells about itself: for start-up and diagnosis, never per message. All calls are reads. */
export interface ExchangeMetadata {
  /** Answered by our own Security Server: the cheapest sign of life, and whether we are registered. */
  listClients(context: CallContext, instance?: string): Promise<CallResult<readonly RegisteredClient[]>>;
  restServices(
    list: MethodList,
    provider: SubsystemId,
    context: CallContext,
  ): Promise<CallResult<readonly ProviderService[]>>;
  soapServices(
    list: MethodList,
    provider: SubsystemId,
    context: CallContext,
  ): Promise<CallResult<readonly ProviderService[]>>;
  getOpenApi(service: ServiceId, context: CallContext): Promise<CallResult<ServiceDescription>>;
  getWsdl(service: ServiceId, context: CallContext): Promise<CallResult<ServiceDescription>>;
  close(): Promise<void>;
}

const DESTINATION = 'exchange-metadata';

/** Metadata through the same Security Servers, on connections of its own. Throws `ExchangeOptionsError`. */
export function createExchangeMetadata(given: ExchangeOptions): ExchangeMetadata {
  const options = checkedOptions(given);
  const runner = new CallRunner(options);
  const get = (provider: SubsystemId, serviceCode: string, query: string, context: CallContext) =>
    callRest(
      runner,
      options,
      { ...READ, service: { ...withoutVersion(provider), serviceCode }, method: 'GET', path: query },
      context,
    );
  const ask = (provider: SubsystemId, body: XmlElement, context: CallContext) =>
    callSoap(
      runner,
      options,
      { ...READ, service: { ...withoutVersion(provider), serviceCode: body.name }, body },
      context,
    );
  return {
    listClients: (context, instance) => listClients(runner, context, instance),
    restServices: async (list, provider, context) =>
      reading(await get(provider, list, '', context), (answer) => readRestServices(okBody(answer))),
    soapServices: async (list, provider, context) =>
      reading(await ask(provider, parentElement(NAMESPACES.xrd, list, []), context), (answer) =>
        readSoapServices(faultFree(answer)),
      ),
    getOpenApi: async (service, context) =>
      reading(
        await get(service, 'getOpenAPI', `?serviceCode=${encodeIdentifier([service.serviceCode])}`, context),
        (answer) => ({ contentType: answer.headers['content-type'] ?? '', text: okBody(answer) }),
      ),
    getWsdl: async (service, context) => reading(await ask(service, wsdlRequest(service), context), readWsdl),
    close: () => runner.close(),
  };
}

const READ = { destination: DESTINATION, operation: 'read' } as const;

function withoutVersion({ instance, memberClass, memberCode, subsystem }: SubsystemId): SubsystemId {
  return { instance, memberClass, memberCode, subsystem };
}

function listClients(
  runner: CallRunner,
  context: CallContext,
  instance: string | undefined,
): Promise<CallResult<readonly RegisteredClient[]>> {
  return runner.run(READ, context, () => {
    const query = instance === undefined ? '' : `?xRoadInstance=${encodeIdentifier([instance])}`;
    return {
      wire: { method: 'GET', path: `/listClients${query}`, headers: { Accept: 'application/json' }, body: null },
      interpret: (answer) => interpretClientList(answer, (body) => readClients(decodeText(body, 'utf-8'))),
    };
  });
}

function wsdlRequest(service: ServiceId): XmlElement {
  const { xrd } = NAMESPACES;
  const version = service.serviceVersion;
  return parentElement(xrd, 'getWsdl', [
    textElement(xrd, 'serviceCode', service.serviceCode),
    ...(version === undefined ? [] : [textElement(xrd, 'serviceVersion', version)]),
  ]);
}

function readWsdl(answer: SoapAnswer): ServiceDescription {
  faultFree(answer);
  const [wsdl] = answer.attachments ?? [];
  if (wsdl === undefined) throw new UnreadableAnswerError('mime');
  return { contentType: wsdl.contentType, text: xmlText(wsdl.content, undefined) };
}

function okBody(answer: RestAnswer): string {
  if (answer.status !== 200) throw new UnreadableAnswerError('content-type');
  return answer.body;
}

function faultFree(answer: SoapAnswer): XmlElement {
  if (answer.body === null) throw new UnreadableAnswerError('not-soap');
  return answer.body;
}

/** The answer read; what cannot be read makes the call unknown, as everywhere. */
function reading<A, T>(result: CallResult<A>, read: (answer: A) => T): CallResult<T> {
  if (result.kind !== 'answer') return result;
  try {
    return { ...result, value: read(result.value) };
  } catch (error) {
    if (!(error instanceof UnreadableAnswerError)) throw error;
    return { kind: 'unknown', code: `unreadable-answer.${error.reason}`, trace: result.trace };
  }
}
