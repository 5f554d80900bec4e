import type { Registration } from '../../src/domain/partners.ts';
import { requiredDay, requiredInteger, requiredText, requiredWord } from '../../src/exchange/answer/json-fields.ts';
import type { JsonObject } from '../../src/exchange/answer/json-fields.ts';
import { UnusableAnswerError } from '../../src/exchange/answer/unusable-answer.ts';

const KINDS: ReadonlyMap<string, Registration['kind']> = new Map([
  ['ADHESION', 'new'],
  ['RENOUVELLEMENT', 'renewal'],
]);

/** What a registration must be about. */
export interface AskedRegistration {
  readonly businessKey: string;
  /** Absent when only the key was asked for. */
  readonly personRef?: string;
}

/** A registration as SIGICMU shows it everywhere. Throws `UnusableAnswerError`; amounts are whole FCFA. */
export function readRegistration(body: JsonObject): Registration {
  return {
    businessKey: requiredText(body, 'reference'),
    personRef: requiredText(body, 'referencePersonne'),
    registrationCode: requiredText(body, 'codeImmatriculation'),
    kind: requiredWord(body, 'operation', KINDS),
    amountPaid: requiredInteger(body, 'montantCotisation'),
    subsidy: requiredInteger(body, 'montantSubvention'),
    coverStart: requiredDay(body, 'dateDebutc'),
    coverEnd: requiredDay(body, 'dateFinc'),
  };
}

/** As above, when it is the one asked for: somebody else's registration must never end this person's. */
export function readRegistrationOf(body: JsonObject, asked: AskedRegistration): Registration {
  const registration = readRegistration(body);
  if (registration.businessKey !== asked.businessKey) throw new UnusableAnswerError('ANSWER_MISMATCH', 'reference');
  if (asked.personRef !== undefined && registration.personRef !== asked.personRef)
    throw new UnusableAnswerError('ANSWER_MISMATCH', 'referencePersonne');
  return registration;
}
