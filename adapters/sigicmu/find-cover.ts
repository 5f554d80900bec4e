import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { CoverQuery, ExistingCover } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { searchableDate } from './contract-date.ts';
import { readCovers } from './read-covers.ts';
import { restOutcome } from '../../src/exchange/answer/rest-outcome.ts';

/** Searches covers by reference, number or identity; whose they are is for the caller to compare. */
export async function findCover(
  exchange: ExchangeClient,
  service: ServiceId,
  query: CoverQuery,
  call: CallContext,
): Promise<CallResult<readonly ExistingCover[]>> {
  const body = {
    referencePersonne: query.personRef,
    numeroCni: query.nationalId,
    nomComplet: query.fullName,
    sexe: query.sex,
    dateNaissance: searchableDate(query.birth),
  };
  const result = await exchange.rest(
    {
      destination: 'sigicmu',
      operation: 'read',
      service,
      method: 'POST',
      path: '/v1/beneficiaires/recherche',
      body: JSON.stringify(body),
    },
    call,
  );
  return restOutcome(result, { operation: 'read', success: [200], read: readCovers, codes: {} });
}
