import type { NameLexicon } from './name-lexicon.ts';
import { splitFullName } from './split-full-name.ts';

/** A name in two parts, as written. */
export interface WrittenName {
  readonly familyName: string;
  readonly givenNames: string;
}

/**
 * The parts of a full name in the words it was written with: the reading that the lexicon makes evident, first names
 * first where both are.
 */
export function writtenName(fullName: string, lexicon: NameLexicon): WrittenName {
  const [givenFirst, familyFirst] = splitFullName(fullName, lexicon).readings;
  const reading = familyFirst?.evident === true ? familyFirst : givenFirst;
  const text = (words: readonly { readonly written: string }[]): string =>
    words.map(({ written }) => written).join(' ');
  if (!reading) return { familyName: '', givenNames: fullName.trim() };
  return { familyName: text(reading.familyName), givenNames: text(reading.givenNames) };
}
