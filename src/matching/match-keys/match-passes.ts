import type { Sex } from '../../domain/person.ts';

/** What keys are made of, for one person. Empty texts and lists are unknown. */
export interface KeyParts {
  /** Sounds of the names, each alone and in pairs. */
  readonly names: readonly string[];
  readonly pairs: readonly string[];
  readonly motherPairs: readonly string[];
  readonly month: number | null;
  readonly day: number | null;
  readonly sex: Sex | null;
  readonly communeSound: string;
  /** In capital letters and digits; only of the right form. */
  readonly nationalId: string;
  readonly extractNumber: string;
}

/** One way in which two lines of one human meet. */
export interface MatchPass {
  readonly name: string;
  /** Largest group that is compared; a larger one is left to passes with more in their keys. */
  readonly limit: number;
  /** Also asked for the years beside the person's own. */
  readonly nearYears: boolean;
  /** Texts of the keys in a year of birth; null is unknown. */
  texts(parts: KeyParts, year: number | null): readonly string[];
}

/** A qualifier that is unknown makes no key. */
function each(names: readonly string[], ...qualifiers: readonly (string | number | null)[]): readonly string[] {
  if (qualifiers.includes(null) || qualifiers.includes('')) return [];
  return names.map((name) => [name, ...qualifiers].join('|'));
}

const own = (text: string): readonly string[] => (text === '' ? [] : [text]);

/**
 * The passes. Names and commune hold for a registry of one village or of the country alike; names with a year alone
 * serve rare names, names with a month frequent ones.
 */
export const MATCH_PASSES: readonly MatchPass[] = [
  { name: 'nin', limit: 20, nearYears: false, texts: ({ nationalId }) => own(nationalId) },
  {
    name: 'extract',
    limit: 20,
    nearYears: false,
    texts: ({ extractNumber }, year) => each(own(extractNumber), year),
  },
  { name: 'names-month', limit: 40, nearYears: false, texts: ({ pairs, month }, year) => each(pairs, year, month) },
  { name: 'names-year', limit: 20, nearYears: true, texts: ({ pairs }, year) => each(pairs, year) },
  {
    name: 'names-year-commune',
    limit: 60,
    nearYears: true,
    texts: ({ pairs, communeSound }, year) => each(pairs, year, communeSound),
  },
  { name: 'names-commune', limit: 30, nearYears: false, texts: ({ pairs, communeSound }) => each(pairs, communeSound) },
  {
    name: 'name-month-commune',
    limit: 40,
    nearYears: false,
    texts: ({ names, month, communeSound }, year) => each(names, year, month, communeSound),
  },
  {
    name: 'name-date',
    limit: 40,
    nearYears: false,
    texts: ({ names, month, day }, year) => each(names, year, month, day),
  },
  {
    name: 'month-commune',
    limit: 30,
    nearYears: false,
    texts: ({ month, sex, communeSound }, year) => each(own(communeSound), year, month, sex),
  },
  { name: 'mother-year', limit: 30, nearYears: true, texts: ({ motherPairs }, year) => each(motherPairs, year) },
];
