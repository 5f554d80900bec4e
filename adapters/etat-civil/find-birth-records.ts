import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { BirthRecord, BirthRecordQuery } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { birthRecordRequest } from './birth-record-request.ts';
import { soapOutcome } from './soap-outcome.ts';

/** The service and the namespace of its messages. */
export interface BirthRecordService {
  readonly service: ServiceId;
  readonly namespace: string;
}

/** Looks birth records up. Refusal code: `too-many-candidates`, when more than 20 acts fit. */
export async function findBirthRecords(
  exchange: ExchangeClient,
  { service, namespace }: BirthRecordService,
  query: BirthRecordQuery,
  call: CallContext,
): Promise<CallResult<readonly BirthRecord[]>> {
  const result = await exchange.soap(
    {
      destination: 'etat-civil',
      operation: 'read',
      service,
      body: birthRecordRequest(service.serviceCode, namespace, query),
    },
    call,
  );
  return soapOutcome(result);
}
