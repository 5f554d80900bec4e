import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { RnuBatch } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { readBatches } from './read-batches.ts';
import { restOutcome } from '../../src/exchange/answer/rest-outcome.ts';

/** Asks which batches are ready. */
export async function listBatches(
  exchange: ExchangeClient,
  service: ServiceId,
  call: CallContext,
): Promise<CallResult<readonly RnuBatch[]>> {
  const result = await exchange.rest(
    { destination: 'rnu', operation: 'read', service, method: 'GET', path: '/v1/lots' },
    call,
  );
  return restOutcome(result, { operation: 'read', success: [200], read: readBatches, codes: {} });
}
