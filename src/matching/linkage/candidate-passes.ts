import { mixHash } from './hash.ts';
import type { KeyBuffer } from './key-buffer.ts';
import type { KeyRow, TextSource } from './key-row.ts';

/** One way of finding candidates: two rows that share a key meet, unless too many share it. */
export interface CandidatePass {
  readonly name: string;
  /** Largest group of rows that a key may bring; larger ones are left to passes with longer keys. */
  readonly limit: number;
  /** Part of the pairs that a large job allows, relative to the other passes. */
  readonly weight: number;
  /** Pushes the keys of a row. */
  keys(row: KeyRow, out: KeyBuffer): void;
}

/** What stands beside a name in a key; 0 means unknown, and then there is no key. */
type Qualifier = (row: KeyRow) => number;

const byName =
  (qualifier: Qualifier) =>
  (row: KeyRow, out: KeyBuffer): void => {
    const beside = qualifier(row);
    if (beside === 0) return;
    for (let at = 0; at < row.nameCount; at++) out.push(mixHash(row.names[at] ?? 0, beside));
  };

const byNamePair =
  (qualifier: Qualifier) =>
  (row: KeyRow, out: KeyBuffer): void => {
    const beside = qualifier(row);
    if (beside === 0) return;
    for (let at = 0; at < row.pairCount; at++) out.push(mixHash(row.pairs[at] ?? 0, beside));
  };

/** Two buckets of two years, shifted by one: years one apart share one of them. */
const byNamePairAndYears =
  (qualifier: Qualifier) =>
  (row: KeyRow, out: KeyBuffer): void => {
    const [beside, year] = [qualifier(row), row.year];
    if (beside === 0 || year === 0) return;
    const [even, odd] = [mixHash(2 * (year >> 1), beside), mixHash(2 * ((year + 1) >> 1) + 1, beside)];
    for (let at = 0; at < row.pairCount; at++) {
      const pair = row.pairs[at] ?? 0;
      out.push(mixHash(pair, even));
      out.push(mixHash(pair, odd));
    }
  };

const byNameAndYears =
  (qualifier: Qualifier) =>
  (row: KeyRow, out: KeyBuffer): void => {
    const [beside, year] = [qualifier(row), row.year];
    if (beside === 0 || year === 0) return;
    const [even, odd] = [mixHash(2 * (year >> 1), beside), mixHash(2 * ((year + 1) >> 1) + 1, beside)];
    for (let at = 0; at < row.nameCount; at++) {
      const name = row.names[at] ?? 0;
      out.push(mixHash(name, even));
      out.push(mixHash(name, odd));
    }
  };

const byParents =
  (qualifier: Qualifier) =>
  (row: KeyRow, out: KeyBuffer): void => {
    const beside = qualifier(row);
    if (beside === 0) return;
    const [mother, couple] = [row.mother, row.couple];
    if (mother !== 0) out.push(mixHash(mother, beside));
    if (couple !== 0) out.push(mixHash(couple, beside));
  };

const byValue =
  (qualifier: Qualifier) =>
  (row: KeyRow, out: KeyBuffer): void => {
    const value = qualifier(row);
    if (value !== 0) out.push(mixHash(1, value));
  };

const byDescription = (row: KeyRow, out: KeyBuffer): void => {
  for (const source of row.described) {
    const text = row.textOf(source);
    if (text !== 0) out.push(mixHash(source.seed, text));
  }
};

const byDescribedWord = (row: KeyRow, out: KeyBuffer): void => {
  for (const source of row.described) for (const word of row.wordsOf(source)) out.push(mixHash(source.seed, word));
};

const byDescribedWords = (row: KeyRow, out: KeyBuffer): void => {
  for (const source of row.described) pushNeighbours(row, source, out);
};

const byAddressWords = (row: KeyRow, out: KeyBuffer): void => {
  pushNeighbours(row, row.address, out);
};

/** Keys of words that stand side by side in a text. */
function pushNeighbours(row: KeyRow, source: TextSource, out: KeyBuffer): void {
  const words = row.wordsOf(source);
  for (let at = 1; at < words.length; at++) out.push(mixHash(mixHash(source.seed, words[at - 1] ?? 0), words[at] ?? 0));
}

function and(...parts: readonly Qualifier[]): Qualifier {
  const [first = always, second = always, ...rest] = parts;
  const others = rest.length === 0 ? always : and(...rest);
  return (row) => {
    const [a, b, c] = [first(row), second(row), others(row)];
    return a === 0 || b === 0 || c === 0 ? 0 : mixHash(mixHash(a, b), c);
  };
}

const always: Qualifier = () => 1;
const nationalId: Qualifier = (row) => row.nationalId;
const phone: Qualifier = (row) => row.phone;
const email: Qualifier = (row) => row.email;
const address: Qualifier = (row) => row.textOf(row.address);
const postalCode: Qualifier = (row) => row.postalCode;
const date: Qualifier = (row) => row.date;
const year: Qualifier = (row) => row.year;
const month: Qualifier = (row) => row.month;
const monthDay: Qualifier = (row) => row.monthDay;
const sex: Qualifier = (row) => row.sex;
const place: Qualifier = (row) => row.placeOfBirth;
const commune: Qualifier = (row) => row.commune;

/**
 * The passes, the most telling first, since a large job's pairs are given out in this order. Short keys serve rare names
 * and small files, long ones frequent names and large files. The qualified ones find namesakes' true pairs, the
 * unqualified ones pairs of which little else is right.
 */
export const CANDIDATE_PASSES: readonly CandidatePass[] = [
  { name: 'national-id', limit: 40, weight: 2, keys: byValue(nationalId) },
  { name: 'names-years-place', limit: 200, weight: 8, keys: byNamePairAndYears(place) },
  { name: 'names-years-commune', limit: 200, weight: 8, keys: byNamePairAndYears(commune) },
  { name: 'date-name', limit: 200, weight: 9, keys: byName(date) },
  { name: 'names-month-day', limit: 150, weight: 4, keys: byNamePair(monthDay) },
  { name: 'name-month-place-sex', limit: 150, weight: 7, keys: byName(and(year, month, place, sex)) },
  { name: 'parents-year', limit: 150, weight: 5, keys: byParents(year) },
  { name: 'phone-name', limit: 30, weight: 4, keys: byName(phone) },
  { name: 'email', limit: 30, weight: 1, keys: byValue(email) },
  { name: 'phone', limit: 30, weight: 0.5, keys: byValue(phone) },
  { name: 'names-place', limit: 100, weight: 2, keys: byNamePair(place) },
  { name: 'names-commune', limit: 100, weight: 2, keys: byNamePair(commune) },
  { name: 'names-years', limit: 150, weight: 1, keys: byNamePairAndYears(always) },
  { name: 'names', limit: 30, weight: 1, keys: byNamePair(always) },
  { name: 'name-year-commune', limit: 60, weight: 2, keys: byName(and(year, commune)) },
  { name: 'name-year-place', limit: 60, weight: 2, keys: byName(and(year, place)) },
  { name: 'parents-month', limit: 60, weight: 1, keys: byParents(month) },
  { name: 'commune-month', limit: 40, weight: 0.5, keys: byValue(and(year, month, commune, sex)) },
  { name: 'name-month-place', limit: 60, weight: 1, keys: byName(and(month, place)) },
  { name: 'name-month-day', limit: 60, weight: 0.5, keys: byName(monthDay) },
  { name: 'name-year', limit: 25, weight: 0.5, keys: byName(year) },
  { name: 'name-place', limit: 40, weight: 0.5, keys: byName(place) },
  { name: 'name-address', limit: 100, weight: 1, keys: byName(address) },
  { name: 'name-postal-code', limit: 60, weight: 1, keys: byName(postalCode) },
  { name: 'postal-code-month-day', limit: 40, weight: 1, keys: byValue(and(postalCode, monthDay)) },
  { name: 'postal-code-year', limit: 40, weight: 0.5, keys: byValue(and(postalCode, year)) },
  { name: 'date', limit: 25, weight: 0.25, keys: byValue(date) },
  { name: 'address-words', limit: 30, weight: 1, keys: byAddressWords },
  { name: 'description', limit: 30, weight: 1, keys: byDescription },
  { name: 'described-words', limit: 60, weight: 1, keys: byDescribedWords },
  { name: 'described-word', limit: 25, weight: 1, keys: byDescribedWord },
];

/** Rows of both files up to which a job has time for the wide passes. */
export const MOST_ROWS_SEARCHED_WIDELY = 400_000;

/** For small jobs: true pairs of which a name is badly written and the date is a year, or the year is off. */
export const WIDE_PASSES: readonly CandidatePass[] = [
  { name: 'year-place-sex', limit: 60, weight: 1, keys: byValue(and(year, place, sex)) },
  { name: 'year-commune-sex', limit: 60, weight: 1, keys: byValue(and(year, commune, sex)) },
  { name: 'name-years-place', limit: 60, weight: 1, keys: byNameAndYears(and(place, sex)) },
  { name: 'name-years-commune', limit: 60, weight: 1, keys: byNameAndYears(and(commune, sex)) },
  { name: 'name-place-commune', limit: 60, weight: 1, keys: byName(and(place, commune, sex)) },
];

/** The same, where names are heard by their consonants. */
export const FRAME_PASSES: readonly CandidatePass[] = [
  { name: 'frames-years-place', limit: 150, weight: 1, keys: byNamePairAndYears(place) },
  { name: 'frames-years-commune', limit: 150, weight: 1, keys: byNamePairAndYears(commune) },
  { name: 'frames-place', limit: 60, weight: 1, keys: byNamePair(place) },
  { name: 'frames-commune', limit: 60, weight: 1, keys: byNamePair(commune) },
  { name: 'frames-years', limit: 60, weight: 1, keys: byNamePairAndYears(always) },
  { name: 'frame-date', limit: 60, weight: 1, keys: byName(date) },
];
