import {
  optionalText,
  requiredInteger,
  requiredObjects,
  requiredText,
  requiredWord,
} from '../../../src/exchange/answer/json-fields.ts';
import type { JsonObject } from '../../../src/exchange/answer/json-fields.ts';
import { UnusableAnswerError } from '../../../src/exchange/answer/unusable-answer.ts';
import { aboutYear, parsePartialDate } from '../../../src/domain/partial-date.ts';
import type { PartialDate } from '../../../src/domain/partial-date.ts';
import type { IdCardRecord } from '../../../src/domain/partners.ts';
import type { Sex } from '../../../src/domain/person.ts';

const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['Masculin', 'M'],
  ['Féminin', 'F'],
]);

const DECEASED: ReadonlyMap<string, boolean> = new Map([
  ['oui', false],
  ['non', true],
]);

/** The person asked for; null when the register knows nobody. Throws `UnusableAnswerError`. */
export function readPerson(body: JsonObject, asked: string): IdCardRecord | null {
  const [person, ...others] = requiredObjects(body, 'personnes');
  const announced = requiredInteger(body, 'trouve');
  if (others.length > 0 || announced !== (person === undefined ? 0 : 1))
    throw new UnusableAnswerError('PAYLOAD_INVALID', 'trouve');
  if (person === undefined) return null;
  if (requiredText(person, 'npi') !== asked) throw new UnusableAnswerError('ANSWER_MISMATCH', 'npi');
  return {
    nationalId: asked,
    familyName: requiredText(person, 'nom'),
    givenNames: requiredText(person, 'prenoms'),
    sex: requiredWord(person, 'sexe', SEXES),
    birth: readBirth(requiredText(person, 'naissance')),
    birthPlace: optionalText(person, 'commune'),
    cardExpiry: null,
    deceased: requiredWord(person, 'vivant', DECEASED),
  };
}

/** `JJ/MM/AAAA`, or `vers AAAA` where only the year is told. */
function readBirth(text: string): PartialDate {
  const year = /^vers (\d{4})$/.exec(text)?.[1];
  const birth = year === undefined ? parsePartialDate(text) : aboutYear(Number(year));
  if (birth.precision === 'unknown') throw new UnusableAnswerError('PAYLOAD_INVALID', 'naissance');
  return birth;
}
