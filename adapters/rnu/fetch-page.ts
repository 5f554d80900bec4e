import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { RnuPage } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { readPage } from './read-page.ts';
import { restOutcome } from '../../src/exchange/answer/rest-outcome.ts';

/** Which page of which batch. */
export interface PageRequest {
  /** As the list of batches gave it. */
  readonly batchNumber: string;
  /** Null for the first page. */
  readonly cursor: string | null;
  readonly pageSize: number;
}

/** Fetches one page of members. Refusal codes: `batch-unknown`, `cursor-invalid`. */
export async function fetchPage(
  exchange: ExchangeClient,
  service: ServiceId,
  { batchNumber, cursor, pageSize }: PageRequest,
  call: CallContext,
): Promise<CallResult<RnuPage>> {
  const query = new URLSearchParams({ limite: String(pageSize), ...(cursor === null ? {} : { apres: cursor }) });
  const result = await exchange.rest(
    {
      destination: 'rnu',
      operation: 'read',
      service,
      method: 'GET',
      path: `/v1/lots/${encodeURIComponent(batchNumber)}/membres?${query.toString()}`,
    },
    call,
  );
  return restOutcome(result, {
    operation: 'read',
    success: [200],
    read: (body) => readPage(body, cursor),
    codes: {
      '404 LOT_INCONNU': { kind: 'refusal', code: 'batch-unknown' },
      '400 CURSEUR_INVALIDE': { kind: 'refusal', code: 'cursor-invalid' },
    },
  });
}
