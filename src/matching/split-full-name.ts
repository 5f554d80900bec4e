import type { MarkerRole, NameLexicon } from './name-lexicon.ts';
import { compoundLength, joinCutNasals } from './name-units.ts';
import { nameWords } from './normalise-name.ts';
import type { NameWord } from './normalise-name.ts';
import { rememberedWith } from './remembered.ts';

/** One way to read a full name. */
export interface NameReading {
  readonly familyName: readonly NameWord[];
  readonly givenNames: readonly NameWord[];
  readonly order: 'given-first' | 'family-first';
  /** Usual order, or an inversion that the lexicon makes plain: only the first word can be a family name. */
  readonly evident: boolean;
}

/** A full name taken apart. */
export interface FullName {
  /** Given-first reading first; two readings unless nothing distinguishes them. Empty when nothing is comparable. */
  readonly readings: readonly NameReading[];
  /** After DIT, ALIAS. */
  readonly nickname: readonly NameWord[];
  /** Husband's name, after ÉPOUSE, MME, VEUVE, or before NÉE. */
  readonly spouseName: readonly NameWord[];
}

/**
 * Splits "first names then family name" as the RNU writes it. The order is never taken for granted: spreadsheets
 * invert it, and Mbaye or Diop may be either name. Never throws.
 */
export function splitFullName(text: string, lexicon: NameLexicon): FullName {
  return rememberedSplit(text, lexicon);
}

/** Names of the households in hand and of the records beside them. */
const NAMES_REMEMBERED = 8_192;
const rememberedSplit = rememberedWith(NAMES_REMEMBERED, split);

function split(text: string, lexicon: NameLexicon): FullName {
  const parts = splitAtMarkers(joinCutNasals(nameWords(text), lexicon), lexicon);
  if (parts.birthName.length > 0) return withBirthName(parts, lexicon);
  const { own, nickname } = nameBesideNickname(parts.own, parts.nickname, lexicon);
  return { readings: readings(own, lexicon), nickname, spouseName: parts.spouse };
}

/** "Fatou Fall née Ndiaye" and "Mme Fall née Fatou Ndiaye". */
function withBirthName(parts: MarkedParts, lexicon: NameLexicon): FullName {
  const { own, birthName, nickname } = parts;
  const married = givenFirst(own, lexicon);
  if (own.length === 1) return { readings: readings(birthName, lexicon), nickname, spouseName: own };
  if (birthName.length > 1) return { readings: readings(birthName, lexicon), nickname, spouseName: married.familyName };
  return {
    readings: readings([...married.givenNames, ...birthName], lexicon),
    nickname,
    spouseName: married.familyName,
  };
}

interface MarkedParts {
  readonly own: readonly NameWord[];
  readonly nickname: readonly NameWord[];
  readonly spouse: readonly NameWord[];
  readonly birthName: readonly NameWord[];
}

function splitAtMarkers(words: readonly NameWord[], lexicon: NameLexicon): MarkedParts {
  const parts = {
    own: [] as NameWord[],
    nickname: [] as NameWord[],
    spouse: [] as NameWord[],
    birthName: [] as NameWord[],
  };
  const partOf = { nickname: parts.nickname, spouse: parts.spouse, 'birth-name': parts.birthName, civility: parts.own };
  let current = parts.own;
  for (const word of words) {
    const role = lexicon.markerRole(word.key);
    if (role === null || isPlainWord(role, parts.own, words)) current.push(word);
    else if (parts.own.length > 0) current = partOf[role];
  }
  return parts.own.length > 0 ? parts : { ...parts, own: words };
}

/** A civility is one only in front; further on "M" or "Dr" is an initial or a short form. */
function isPlainWord(role: MarkerRole, own: readonly NameWord[], words: readonly NameWord[]): boolean {
  return role === 'civility' && (own.length > 0 || words.length < 3);
}

/** "Mamadou dit Modou Ndiaye": the family name stands after the nickname when none stands before it. */
function nameBesideNickname(
  own: readonly NameWord[],
  nickname: readonly NameWord[],
  lexicon: NameLexicon,
): { own: readonly NameWord[]; nickname: readonly NameWord[] } {
  const last = nickname.at(-1);
  const endsWithFamilyName = own.length > 1 && lexicon.isKnown('family', own.at(-1)?.key ?? '');
  if (last === undefined || nickname.length < 2 || endsWithFamilyName) return { own, nickname };
  if (own.length > 1 && !lexicon.isKnown('family', last.key)) return { own, nickname };
  return { own: [...own, last], nickname: nickname.slice(0, -1) };
}

function readings(words: readonly NameWord[], lexicon: NameLexicon): readonly NameReading[] {
  if (words.length === 0) return [];
  return [givenFirst(words, lexicon), familyFirst(words, lexicon)];
}

function givenFirst(words: readonly NameWord[], lexicon: NameLexicon): NameReading {
  if (words.length === 1) return { familyName: [], givenNames: words, order: 'given-first', evident: true };
  let start = words.length - 1;
  for (let candidate = 1; candidate < words.length - 1; candidate++) {
    if (candidate + compoundLength('family', words, candidate, lexicon) !== words.length) continue;
    start = candidate;
    break;
  }
  return { familyName: words.slice(start), givenNames: words.slice(0, start), order: 'given-first', evident: true };
}

function familyFirst(words: readonly NameWord[], lexicon: NameLexicon): NameReading {
  const length = Math.min(compoundLength('family', words, 0, lexicon), Math.max(1, words.length - 1));
  const familyName = words.slice(0, length);
  const givenNames = words.slice(length);
  const first = familyName.map((word) => word.key).join('');
  const evident = lexicon.isKnown('family', first) && !lexicon.isKnown('family', words.at(-1)?.key ?? '');
  return { familyName, givenNames, order: 'family-first', evident: evident && givenNames.length > 0 };
}
