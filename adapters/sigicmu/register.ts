import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { Registration, RegistrationRequest } from '../../src/domain/partners.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ServiceId } from '../../src/exchange/identifiers.ts';
import { idempotencyKeyHeader } from './idempotency-key.ts';
import { readRegistrationOf } from './read-registration.ts';
import { registrationBody } from './registration-body.ts';
import { restOutcome } from '../../src/exchange/answer/rest-outcome.ts';
import type { BusinessMeaning } from '../../src/exchange/answer/rest-outcome.ts';

/** How registrations are sent. */
export interface RegistrationDesk {
  readonly beneficiaryType: string;
  readonly sendsKey: boolean;
}

const CODES: Readonly<Record<string, BusinessMeaning<Registration>>> = {
  '409 DEJA_ADHERENT': { kind: 'refusal', code: 'already-registered' },
  // The first attempt is not over: it may still register the person.
  '409 DEMANDE_EN_COURS': { kind: 'unknown', code: 'still-running' },
  // The key is known with another content, that of an earlier day: something was registered, and the look-up says what.
  '422 CLE_REUTILISEE': { kind: 'unknown', code: 'key-reused' },
  '422 DEMANDE_INVALIDE': { kind: 'refusal', code: 'rejected' },
  '404 TITULAIRE_INCONNU': { kind: 'refusal', code: 'holder-unknown' },
  '404 ADHESION_INCONNUE': { kind: 'refusal', code: 'cover-unknown' },
};

/** The one write. An answer about another request or person is an unknown outcome, `ANSWER_MISMATCH`. */
export async function register(
  exchange: ExchangeClient,
  service: ServiceId,
  { beneficiaryType, sendsKey }: RegistrationDesk,
  request: RegistrationRequest,
  call: CallContext,
): Promise<CallResult<Registration>> {
  const result = await exchange.rest(
    {
      destination: 'sigicmu',
      operation: 'write',
      service,
      method: 'POST',
      path: '/v1/adhesions',
      body: registrationBody(request, beneficiaryType),
      ...(sendsKey ? { headers: idempotencyKeyHeader(request.businessKey) } : {}),
    },
    call,
  );
  const { businessKey, personRef } = request;
  return restOutcome(result, {
    operation: 'write',
    success: [200, 201],
    read: (body) => readRegistrationOf(body, { businessKey, personRef }),
    codes: CODES,
  });
}
