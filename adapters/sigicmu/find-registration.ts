import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { Registration } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { readRegistrationOf } from './read-registration.ts';
import { restOutcome } from '../../src/exchange/answer/rest-outcome.ts';

/** Looks a registration up by business key. Only the service's own `DEMANDE_INCONNUE` means "not there". */
export async function findRegistration(
  exchange: ExchangeClient,
  service: ServiceId,
  businessKey: string,
  call: CallContext,
): Promise<CallResult<Registration | null>> {
  const result = await exchange.rest(
    {
      destination: 'sigicmu',
      operation: 'read',
      service,
      method: 'POST',
      path: '/v1/adhesions/recherche',
      body: JSON.stringify({ reference: businessKey }),
    },
    call,
  );
  return restOutcome<Registration | null>(result, {
    operation: 'read',
    success: [200],
    read: (body) => readRegistrationOf(body, { businessKey }),
    codes: { '404 DEMANDE_INCONNUE': { kind: 'answer', value: null } },
  });
}
