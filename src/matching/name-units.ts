import type { NameKind, NameLexicon } from './name-lexicon.ts';
import type { NameWord } from './normalise-name.ts';

/** One name inside a name: a word, or several words that the lexicon knows as one ("Abdou Aziz", "Da Silva"). */
export interface NameUnit {
  /** Words joined without space. */
  readonly key: string;
  readonly words: readonly string[];
  /** Its absence on the other side proves little. */
  readonly title: boolean;
}

/** Longest compound of the lexicon files, in words. */
const LONGEST_COMPOUND = 3;

/** Groups words into units, longest compound first. Never loses a word. */
export function nameUnits(kind: NameKind, words: readonly NameWord[], lexicon: NameLexicon): readonly NameUnit[] {
  const units: NameUnit[] = [];
  for (let start = 0; start < words.length;) {
    const length = compoundLength(kind, words, start, lexicon);
    const keys = words.slice(start, start + length).map((word) => word.key);
    const key = keys.join('');
    units.push({ key, words: keys, title: kind === 'given' && lexicon.isTitle(key) });
    start += length;
  }
  return units;
}

/** Number of words, at least 1, that form one name from `start`. */
export function compoundLength(
  kind: NameKind,
  words: readonly NameWord[],
  start: number,
  lexicon: NameLexicon,
): number {
  for (let length = Math.min(LONGEST_COMPOUND, words.length - start); length > 1; length--) {
    const keys = words.slice(start, start + length).map((word) => word.key);
    if (lexicon.isCompound(kind, keys.join(' '))) return length;
  }
  return 1;
}

/** Joins the initial nasal that a space cut off ("N DIAYE", "M BAYE") where the lexicon knows the whole. */
export function joinCutNasals(words: readonly NameWord[], lexicon: NameLexicon): readonly NameWord[] {
  const joined: NameWord[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    const next = words[index + 1];
    if (word === undefined) break;
    const whole = next === undefined ? '' : word.key + next.key;
    const isCut = next !== undefined && /^[MN]$/.test(word.key) && isKnownName(whole, lexicon);
    if (isCut) index++;
    joined.push(isCut ? { key: whole, written: `${word.written} ${next.written}` } : word);
  }
  return joined;
}

function isKnownName(key: string, lexicon: NameLexicon): boolean {
  return lexicon.isKnown('family', key) || lexicon.isKnown('given', key);
}
