import type { RegistrationPage } from '../../src/domain/partners.ts';
import { requiredObjects } from '../../src/exchange/answer/json-fields.ts';
import type { JsonObject } from '../../src/exchange/answer/json-fields.ts';
import { nextCursor } from '../../src/exchange/answer/next-cursor.ts';
import { readRegistration } from './read-registration.ts';

/** A page of the read-back. Throws `UnusableAnswerError`. */
export function readRegistrationPage(body: JsonObject, cursor: string | null): RegistrationPage {
  return { registrations: requiredObjects(body, 'adhesions').map(readRegistration), next: nextCursor(body, cursor) };
}
