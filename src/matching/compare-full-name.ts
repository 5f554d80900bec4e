import { compareNames, NAME_LEVELS } from './compare-names.ts';
import type { NameComparison, NameLevel } from './compare-names.ts';
import type { Agreement, FieldLevel } from './identity-comparison.ts';
import type { NameLexicon } from './name-lexicon.ts';
import { joinCutNasals } from './name-units.ts';
import { nameWords } from './normalise-name.ts';
import type { NameWord } from './normalise-name.ts';
import { rememberedWith } from './remembered.ts';
import { splitFullName } from './split-full-name.ts';
import type { FullName, NameReading } from './split-full-name.ts';

/** A name in the registry's two fields. */
export interface RegistryName {
  readonly familyName: string;
  readonly givenNames: string;
}

export interface NameFieldResult {
  readonly level: FieldLevel;
  readonly agrees: Agreement;
  /** The words of the full name that were read as this field. */
  readonly words: readonly NameWord[];
}

export interface FullNameResult {
  readonly family: NameFieldResult;
  readonly given: NameFieldResult;
}

const FAMILY_AGREEMENT: Readonly<Record<NameLevel, Agreement>> = {
  exact: 'yes',
  spelling: 'yes',
  sound: 'yes',
  contained: 'partly',
  usage: 'partly',
  near: 'partly',
  overlap: 'partly',
  'look-alike': 'no',
  different: 'no',
  missing: 'missing',
};

/** Levels at which given names agree, provided that the first ones do: more names on one side are usual. */
const GIVEN_AGREES: readonly NameLevel[] = ['exact', 'spelling', 'sound', 'contained'];

/**
 * Compares a full name with a registry's two fields under the reading that fits best. An order of names that is not
 * evident never gives more than `partly`: Mbaye Diop and Diop Mbaye are two people.
 */
export function compareFullName(
  fullName: string,
  nickname: string | null,
  registry: RegistryName,
  lexicon: NameLexicon,
): FullNameResult {
  const left = splitFullName(fullName, lexicon);
  const recorded = splitRegistryName(registry, lexicon);
  const read = bestReading(left, recorded, lexicon);
  if (read === null) {
    const missing: NameFieldResult = { level: 'missing', agrees: 'missing', words: [] };
    return { family: missing, given: missing };
  }
  const { reading, family, given } = read;
  const nicknamePairs = (): readonly NicknamePair[] => [
    [left.nickname, recorded.givenNames],
    [nameWords(nickname ?? ''), recorded.givenNames],
    [reading.givenNames, recorded.nickname],
  ];
  return {
    family: familyResult(reading, family, left, recorded, lexicon),
    given: givenResult(reading, given, nicknamePairs, lexicon),
  };
}

type NicknamePair = readonly [readonly NameWord[], readonly NameWord[]];

interface RecordedName {
  readonly familyName: readonly NameWord[];
  readonly givenNames: readonly NameWord[];
  readonly spouseName: readonly NameWord[];
  readonly nickname: readonly NameWord[];
}

/** The family-name field may hold "NDIAYE ÉPOUSE FALL"; the given names may hold "MODOU DIT BAYE". */
function splitRegistryName(registry: RegistryName, lexicon: NameLexicon): RecordedName {
  const family = splitField(registry.familyName, lexicon);
  const given = splitField(registry.givenNames, lexicon);
  return {
    familyName: family.own,
    givenNames: given.own,
    spouseName: family.after,
    nickname: given.after,
  };
}

interface RegistryField {
  readonly own: readonly NameWord[];
  readonly after: readonly NameWord[];
}

const FIELDS_REMEMBERED = 8_192;
const splitField = rememberedWith(FIELDS_REMEMBERED, beforeMarkers);

function beforeMarkers(text: string, lexicon: NameLexicon): RegistryField {
  const parts: { own: NameWord[]; after: NameWord[] } = { own: [], after: [] };
  let current = parts.own;
  for (const word of joinCutNasals(nameWords(text), lexicon)) {
    const role = lexicon.markerRole(word.key);
    if (role === null || role === 'civility') current.push(word);
    else if (parts.own.length > 0) current = parts.after;
  }
  return parts;
}

interface ReadComparison {
  readonly reading: NameReading;
  readonly family: NameComparison;
  readonly given: NameComparison;
}

function bestReading(left: FullName, recorded: RecordedName, lexicon: NameLexicon): ReadComparison | null {
  let best: ReadComparison | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const reading of [...left.readings, ...readingAsRecorded(left, recorded.familyName)]) {
    const family = compareNames('family', reading.familyName, recorded.familyName, lexicon);
    // The given names can only add to it.
    if (distance(family) >= least) continue;
    const given = compareNames('given', reading.givenNames, recorded.givenNames, lexicon);
    const sum = distance(family) + distance(given);
    if (sum >= least) continue;
    best = { reading, family, given };
    least = sum;
  }
  return best;
}

/** A family name of several words that no file lists is taken for a given name and a family name, unless the record tells. */
function readingAsRecorded(left: FullName, family: readonly NameWord[]): readonly NameReading[] {
  const usual = left.readings.find(({ order }) => order === 'given-first');
  if (usual === undefined || family.length < 2) return [];
  const words = [...usual.givenNames, ...usual.familyName];
  const start = words.length - family.length;
  if (start < 1 || !family.every(({ key }, at) => words[start + at]?.key === key)) return [];
  return [{ ...usual, givenNames: words.slice(0, start), familyName: words.slice(start) }];
}

function distance({ level }: NameComparison): number {
  return NAME_LEVELS.indexOf(level);
}

function familyResult(
  reading: NameReading,
  comparison: NameComparison,
  left: FullName,
  recorded: RecordedName,
  lexicon: NameLexicon,
): NameFieldResult {
  const words = reading.familyName;
  const agrees = FAMILY_AGREEMENT[comparison.level];
  if (!reading.evident && isPositive(agrees)) return { level: 'swapped', agrees: 'partly', words };
  const isMarriedName = (): boolean =>
    isSameFamily(left.spouseName, recorded.familyName, lexicon) || isSameFamily(words, recorded.spouseName, lexicon);
  if (agrees === 'no' && isMarriedName()) return { level: 'married-name', agrees: 'partly', words };
  return { level: comparison.level, agrees, words };
}

function givenResult(
  reading: NameReading,
  comparison: NameComparison,
  nicknamePairs: () => readonly NicknamePair[],
  lexicon: NameLexicon,
): NameFieldResult {
  const words = reading.givenNames;
  const agrees = givenAgreement(comparison);
  if (!reading.evident && isPositive(agrees)) return { level: 'swapped', agrees: 'partly', words };
  const isNickname = (): boolean =>
    nicknamePairs().some(([a, b]) => givenAgreement(compareNames('given', a, b, lexicon)) === 'yes');
  if (agrees === 'no' && isNickname()) return { level: 'nickname', agrees: 'partly', words };
  return { level: comparison.level, agrees, words };
}

function givenAgreement({ level, firstAgrees }: NameComparison): Agreement {
  if (level === 'missing') return 'missing';
  if (level === 'different' || level === 'look-alike') return 'no';
  return GIVEN_AGREES.includes(level) && firstAgrees ? 'yes' : 'partly';
}

function isSameFamily(a: readonly NameWord[], b: readonly NameWord[], lexicon: NameLexicon): boolean {
  return FAMILY_AGREEMENT[compareNames('family', a, b, lexicon).level] === 'yes';
}

function isPositive(agrees: Agreement): boolean {
  return agrees === 'yes' || agrees === 'partly';
}
