import type { IdCardRecord } from '../../src/domain/partners.ts';
import type { Sex } from '../../src/domain/person.ts';
import {
  birthDate,
  optionalDay,
  optionalText,
  optionalWord,
  requiredText,
  requiredTexts,
  requiredWord,
} from '../../src/exchange/answer/json-fields.ts';
import type { JsonObject } from '../../src/exchange/answer/json-fields.ts';
import { UnusableAnswerError } from '../../src/exchange/answer/unusable-answer.ts';

const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['M', 'M'],
  ['F', 'F'],
]);

/** `statut` → whether the holder has died. An expired card says nothing against the person. */
const DECEASED: ReadonlyMap<string, boolean> = new Map([
  ['VALIDE', false],
  ['EXPIREE', false],
  ['DECEDE', true],
]);

/** The holder of the number asked for. Throws `UnusableAnswerError`, also when the card is another person's. */
export function readIdCard(body: JsonObject, asked: string): IdCardRecord {
  const nationalId = requiredText(body, 'numeroCni');
  if (nationalId !== asked) throw new UnusableAnswerError('ANSWER_MISMATCH', 'numeroCni');
  const givenNames = requiredTexts(body, 'prenoms');
  if (givenNames.length === 0) throw new UnusableAnswerError('PAYLOAD_INVALID', 'prenoms');
  return {
    nationalId,
    familyName: requiredText(body, 'nom'),
    givenNames: givenNames.join(' '),
    sex: optionalWord(body, 'sexe', SEXES),
    birth: birthDate(body, 'dateNaissance'),
    birthPlace: optionalText(body, 'lieuNaissance'),
    cardExpiry: optionalDay(body, 'dateExpiration'),
    deceased: requiredWord(body, 'statut', DECEASED),
  };
}
