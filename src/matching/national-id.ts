import type { PartialDate } from '../domain/partial-date.ts';
import { partialDate, UNKNOWN_DATE } from '../domain/partial-date.ts';
import type { Sex } from '../domain/person.ts';
import type { NationalIdSettings } from './identity-rule.ts';
import { rememberedWith } from './remembered.ts';

/** A bad format never refuses anybody: it sends the person to the search by name and birth. */
export type NationalIdStatus =
  'FORMAT_VALIDE' | 'ABSENT_OU_FACTICE' | 'NUMERO_CARTE_AU_LIEU_DU_NIN' | 'LONGUEUR_INVALIDE' | 'FORMAT_INVALIDE';

/** Contradiction between a well-formed number and the person; lowers confidence, decides nothing. */
export type NationalIdAlert = 'ALERTE_SEXE_NIN' | 'ALERTE_ANNEE_NIN';

/** What the number itself tells. A valid format proves nothing: only DAF's answer does. */
export interface NationalIdCheck {
  readonly status: NationalIdStatus;
  /** Letters and digits only, `O`/`I`/`L` read as digits where only digits can stand; for comparing, not for storing. */
  readonly normalised: string;
  readonly alerts: readonly NationalIdAlert[];
  /** Numbers it may be when the first digit was lost; to propose to a person, never to use unasked. */
  readonly candidates: readonly string[];
  /** Birth date inside a card number; unknown for anything else. */
  readonly cardBirth: PartialDate;
}

/** What the number is checked against. */
export interface NationalIdContext {
  readonly sex: Sex | null;
  readonly birth: PartialDate;
  /** Year of the batch: no later year can be in a number. */
  readonly currentYear: number | null;
}

const NOBODY: NationalIdContext = { sex: null, birth: UNKNOWN_DATE, currentYear: null };

/** Checks a NIN as received. Never throws, never corrects. */
export function checkNationalId(
  received: string | null,
  settings: NationalIdSettings,
  person: NationalIdContext = NOBODY,
): NationalIdCheck {
  return person === NOBODY ? checkedAlone(received ?? '', settings) : check(received ?? '', settings, person);
}

/** A number is compared with that of every record beside the person. */
const NUMBERS_REMEMBERED = 2_048;
const checkedAlone = rememberedWith(NUMBERS_REMEMBERED, (received: string, settings: NationalIdSettings) =>
  check(received, settings, NOBODY),
);

function check(received: string, settings: NationalIdSettings, person: NationalIdContext): NationalIdCheck {
  const normalised = normaliseNationalId(received);
  const plain = { normalised, alerts: [], candidates: [], cardBirth: UNKNOWN_DATE };
  if (isAbsentOrDummy(normalised)) return { ...plain, status: 'ABSENT_OU_FACTICE' };
  const card = settings.cardNumberPattern.exec(normalised);
  if (card) return { ...plain, status: 'NUMERO_CARTE_AU_LIEU_DU_NIN', cardBirth: birthOnCard(card.groups) };
  if (settings.pattern.test(normalised))
    return { ...plain, status: 'FORMAT_VALIDE', alerts: alertsFor(normalised, settings, person) };
  if (settings.lostDigitLengths.includes(normalised.length))
    return { ...plain, status: 'LONGUEUR_INVALIDE', candidates: withFirstDigit(normalised, settings) };
  return { ...plain, status: 'FORMAT_INVALIDE' };
}

/** Position 1 and those after the centre code hold digits only; the centre code itself may hold letters. */
function normaliseNationalId(received: string): string {
  const kept = received
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const asDigits = (text: string): string => text.replaceAll('O', '0').replace(/[IL]/g, '1');
  return asDigits(kept.slice(0, 1)) + kept.slice(1, 4) + asDigits(kept.slice(4));
}

function isAbsentOrDummy(number: string): boolean {
  return /^(.?)\1*$/.test(number) || '12345678901234567890'.startsWith(number);
}

function alertsFor(number: string, settings: NationalIdSettings, person: NationalIdContext): NationalIdAlert[] {
  const alerts: NationalIdAlert[] = [];
  const sex: Sex = number.startsWith('1') ? 'M' : 'F';
  if (person.sex !== null && person.sex !== sex) alerts.push('ALERTE_SEXE_NIN');
  const year = Number(number.slice(4, 8));
  const farFromBirth = person.birth.year !== null && Math.abs(year - person.birth.year) > settings.yearTolerance;
  if (farFromBirth || (person.currentYear !== null && year > person.currentYear)) alerts.push('ALERTE_ANNEE_NIN');
  return alerts;
}

function withFirstDigit(number: string, settings: NationalIdSettings): readonly string[] {
  return ['1', '2'].map((digit) => digit + number).filter((candidate) => settings.pattern.test(candidate));
}

function birthOnCard(groups: Readonly<Record<string, string>> | undefined): PartialDate {
  return groups === undefined
    ? UNKNOWN_DATE
    : partialDate(Number(groups['year']), Number(groups['month']), Number(groups['day']));
}
