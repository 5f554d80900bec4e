import type { ListedRegistration, RegistrationPage } from '../../src/domain/partners.ts';
import { optionalInteger, optionalText, requiredObjects } from '../../src/exchange/answer/json-fields.ts';
import type { JsonObject } from '../../src/exchange/answer/json-fields.ts';
import { nextCursor } from '../../src/exchange/answer/next-cursor.ts';
import { readRegistration } from './read-registration.ts';

/** A page of the read-back. Throws `UnusableAnswerError`. */
export function readRegistrationPage(body: JsonObject, cursor: string | null): RegistrationPage {
  return {
    registrations: requiredObjects(body, 'adhesions').map(readListed),
    next: nextCursor(body, cursor),
    total: optionalInteger(body, 'total'),
  };
}

function readListed(body: JsonObject): ListedRegistration {
  return {
    ...readRegistration(body),
    familyName: optionalText(body, 'nom'),
    givenNames: optionalText(body, 'prenom'),
    insurer: optionalText(body, 'assureur'),
    holderCode: optionalText(body, 'titulaire'),
  };
}
