import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { IdCardRecord } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { readIdCard } from './read-id-card.ts';
import { restOutcome } from '../../src/exchange/answer/rest-outcome.ts';

/** Looks a holder up by NIN. The number travels in the body: Security Servers write paths to their logs. */
export async function findByNationalId(
  exchange: ExchangeClient,
  service: ServiceId,
  nationalId: string,
  call: CallContext,
): Promise<CallResult<IdCardRecord | null>> {
  const result = await exchange.rest(
    {
      destination: 'cni',
      operation: 'read',
      service,
      method: 'POST',
      path: '/v1/titulaires/recherche',
      body: JSON.stringify({ numeroCni: nationalId }),
    },
    call,
  );
  return restOutcome<IdCardRecord | null>(result, {
    operation: 'read',
    success: [200],
    read: (body) => readIdCard(body, nationalId),
    codes: { '404 CNI_INCONNUE': { kind: 'answer', value: null } },
  });
}
