import { MOST_COVERS, type ExistingCover } from '../../src/domain/partners.ts';
import type { Sex } from '../../src/domain/person.ts';
import {
  birthDate,
  optionalText,
  optionalWord,
  requiredDay,
  requiredObjects,
  requiredText,
  requiredWord,
} from '../../src/exchange/answer/json-fields.ts';
import type { JsonObject } from '../../src/exchange/answer/json-fields.ts';
import { UnusableAnswerError } from '../../src/exchange/answer/unusable-answer.ts';

const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['M', 'M'],
  ['F', 'F'],
]);

/** `etat` → whether the cover works at the clinic door. */
const ACTIVE: ReadonlyMap<string, boolean> = new Map([
  ['Active', true],
  ['SUSPENDRE', false],
  ['BLOQUER', false],
]);

/** The covers found, possibly none. Throws `UnusableAnswerError`: one unreadable cover may be the one that matters. */
export function readCovers(body: JsonObject): readonly ExistingCover[] {
  const covers = requiredObjects(body, 'beneficiaires');
  // Longer than the contract allows: the service has not searched.
  if (covers.length > MOST_COVERS) throw new UnusableAnswerError('PAYLOAD_INVALID', 'beneficiaires');
  return covers.map((cover) => ({
    registrationCode: requiredText(cover, 'codeImmatriculation'),
    scheme: requiredText(cover, 'regime'),
    familyName: requiredText(cover, 'nom'),
    givenNames: requiredText(cover, 'prenom'),
    sex: optionalWord(cover, 'sexe', SEXES),
    birth: birthDate(cover, 'dateNaissance'),
    nationalId: optionalText(cover, 'numeroPiece'),
    personRef: optionalText(cover, 'referencePersonne'),
    coverEnd: requiredDay(cover, 'dateFinc'),
    active: requiredWord(cover, 'etat', ACTIVE),
  }));
}
