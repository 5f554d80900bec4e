import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { RegistrationPage } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { readRegistrationPage } from './read-registration-page.ts';
import { restOutcome } from '../../src/exchange/answer/rest-outcome.ts';

/** Which page of which campaign. */
export interface RegistrationListing {
  readonly campaign: string;
  /** Null for the first page. */
  readonly cursor: string | null;
  readonly pageSize: number;
}

/** Reads one page of what SIGICMU holds, oldest first. Refusal code: `cursor-invalid`. */
export async function listRegistrations(
  exchange: ExchangeClient,
  service: ServiceId,
  { campaign, cursor, pageSize }: RegistrationListing,
  call: CallContext,
): Promise<CallResult<RegistrationPage>> {
  const query = new URLSearchParams({
    campagne: campaign,
    limite: String(pageSize),
    ...(cursor === null ? {} : { apres: cursor }),
  });
  const result = await exchange.rest(
    { destination: 'sigicmu', operation: 'read', service, method: 'GET', path: `/v1/adhesions?${query.toString()}` },
    call,
  );
  return restOutcome(result, {
    operation: 'read',
    success: [200],
    read: (body) => readRegistrationPage(body, cursor),
    codes: { '400 CURSEUR_INVALIDE': { kind: 'refusal', code: 'cursor-invalid' } },
  });
}
