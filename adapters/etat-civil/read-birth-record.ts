import { parsePartialDate, UNKNOWN_DATE } from '../../src/domain/partial-date.ts';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import type { BirthRecord } from '../../src/domain/partners.ts';
import type { Sex } from '../../src/domain/person.ts';
import type { XmlElement } from '../../src/exchange/xml-element.ts';
import { optionalText, optionalWord, requiredText, requiredWord } from './xml-fields.ts';
import { UnusableAnswerError } from '../../src/exchange/answer/unusable-answer.ts';

const DATE = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['M', 'M'],
  ['F', 'F'],
]);

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Kinds of act; the port does not tell them apart, but an act of another kind is not one this contract knows. */
const ACT_KINDS: ReadonlyMap<string, true> = new Map([
  ['NORMALE', true],
  ['DECLARATION_TARDIVE', true],
  ['JUGEMENT', true],
]);

/**
 * One act. Throws `UnusableAnswerError`. The mark of death must be there: absent, it would make the dead eligible.
 */
export function readBirthRecord(act: XmlElement): BirthRecord {
  optionalWord(act, 'typeActe', ACT_KINDS);
  return {
    recordKey: ['centre', 'anneeRegistre', 'numeroRegistre'].map((part) => requiredText(act, part)).join('-'),
    familyName: requiredText(act, 'nom'),
    givenNames: requiredText(act, 'prenoms'),
    sex: optionalWord(act, 'sexe', SEXES),
    birth: birthDate(act, 'dateNaissance'),
    birthPlace: optionalText(act, 'lieuNaissance'),
    fatherGivenNames: optionalText(act, 'prenomPere'),
    motherGivenNames: optionalText(act, 'prenomsMere'),
    motherFamilyName: optionalText(act, 'nomMere'),
    nationalId: optionalText(act, 'nin'),
    deceased: requiredWord(act, 'mentionDeces', BOOLEANS),
  };
}

function birthDate(act: XmlElement, name: string): PartialDate {
  const text = optionalText(act, name);
  if (text === null) return UNKNOWN_DATE;
  if (!DATE.test(text)) throw new UnusableAnswerError('PAYLOAD_INVALID', name);
  return parsePartialDate(text);
}
