import { restOutcome } from '../../../src/exchange/answer/rest-outcome.ts';
import type { CallContext, CallResult } from '../../../src/domain/partner-call.ts';
import type { IdCardRecord } from '../../../src/domain/partners.ts';
import type { ExchangeClient } from '../../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../../src/exchange/identifiers.ts';
import { readPerson } from './read-person.ts';

/** Looks a person up by NPI. */
export async function findByNpi(
  exchange: ExchangeClient,
  service: ServiceId,
  npi: string,
  call: CallContext,
): Promise<CallResult<IdCardRecord | null>> {
  const result = await exchange.rest(
    {
      destination: 'npi',
      operation: 'read',
      service,
      method: 'POST',
      path: '/personnes/rechercher',
      body: JSON.stringify({ npi }),
    },
    call,
  );
  return restOutcome(result, {
    operation: 'read',
    success: [200],
    read: (body) => readPerson(body, npi),
    codes: { '429 QUOTA_DU_JOUR': { kind: 'refusal', code: 'quota-used-up' } },
  });
}
