import { hashText, mixHash } from './hash.ts';
import type { LinkageTable, ValuePools } from './linkage-table.ts';
import { LINKAGE_FIELDS } from './linkage-field.ts';
import type { PlaceSounds } from './place-sounds.ts';
import type { TextWords } from './text-words.ts';

const NO_VALUES = new Int32Array(0);
const MOTHER = hashText('mother');
const COUPLE = hashText('couple');

/**
 * Words of a name that make keys. Names of people have fewer; a text of two hundred words in a name's place must not
 * make forty thousand pairs.
 */
const MOST_WORDS = 6;

/** What candidate keys are made of, for one row of a table at a time. 0 means unknown. Allocates nothing. */
export class KeyRow {
  /** Keys of the words of given and family name, the first `nameCount`. */
  readonly names = new Uint32Array(2 * MOST_WORDS);
  /** Keys of two names together, in either order, the first `pairCount`. */
  readonly pairs = new Uint32Array(2 * MOST_WORDS * MOST_WORDS);
  readonly #family = new Uint32Array(MOST_WORDS);
  readonly #pools: ValuePools;
  readonly #places: PlaceSounds;
  readonly #words: TextWords;
  readonly #address: TextSource;
  readonly #described: readonly TextSource[];
  readonly #columns: Readonly<Record<ColumnName, Int32Array>>;
  #row = 0;
  #givenCount = 0;
  #familyCount = 0;
  #nameCount = -1;
  #pairCount = -1;

  constructor(table: LinkageTable, pools: ValuePools, places: PlaceSounds, words: TextWords) {
    this.#pools = pools;
    this.#places = places;
    this.#words = words;
    this.#columns = columnsOf(table);
    this.#address = { seed: hashText('address'), values: this.#columns.address };
    this.#described = describedColumns(table);
  }

  moveTo(row: number): void {
    this.#row = row;
    this.#nameCount = -1;
    this.#pairCount = -1;
  }

  /** Full date. */
  get date(): number {
    const date = this.#value('date_of_birth');
    return date % 100 === 0 ? 0 : date;
  }

  get year(): number {
    return (this.#value('date_of_birth') / 10_000) | 0;
  }

  get month(): number {
    return ((this.#value('date_of_birth') / 100) | 0) % 100;
  }

  get monthDay(): number {
    return this.date % 10_000;
  }

  get sex(): number {
    return this.#value('sex');
  }

  /** Number of the sound of the place of birth, since places are misspelt as names are. */
  get placeOfBirth(): number {
    return this.#places.soundOf(this.#value('place_of_birth'));
  }

  get commune(): number {
    return this.#places.soundOf(this.#value('commune'));
  }

  /** Number of the value of a field that is taken as it stands. */
  plain(field: PlainField): number {
    return this.#value(field);
  }

  get nameCount(): number {
    if (this.#nameCount < 0) this.#loadNames();
    return this.#nameCount;
  }

  get pairCount(): number {
    if (this.#pairCount < 0) this.#loadPairs();
    return this.#pairCount;
  }

  /** Key of the mother's two names; 0 when one is unknown. */
  get mother(): number {
    const [given, family] = [this.#firstKey('mother_given'), this.#firstKey('mother_family')];
    return given === 0 || family === 0 ? 0 : mixHash(mixHash(MOTHER, given), family);
  }

  /** Key of the given names of father and mother; 0 when one is unknown. */
  get couple(): number {
    const [father, mother] = [this.#firstKey('father_given'), this.#firstKey('mother_given')];
    return father === 0 || mother === 0 ? 0 : mixHash(mixHash(COUPLE, father), mother);
  }

  /** Columns without a known meaning: titles, companies, whatever the file holds. */
  get described(): readonly TextSource[] {
    return this.#described;
  }

  get address(): TextSource {
    return this.#address;
  }

  textOf(source: TextSource): number {
    return source.values[this.#row] ?? 0;
  }

  /** Hashes of the words that the row has in a column of texts. */
  wordsOf(source: TextSource): Uint32Array {
    return this.#words.wordsOf(this.textOf(source));
  }

  #value(field: ColumnName): number {
    return this.#columns[field][this.#row] ?? 0;
  }

  #firstKey(field: ColumnName): number {
    return this.#pools.names.name(this.#value(field)).keys[0] ?? 0;
  }

  #loadNames(): void {
    const given = this.#pools.names.name(this.#value('given_names')).keys;
    const family = this.#pools.names.name(this.#value('family_name')).keys;
    this.#givenCount = Math.min(MOST_WORDS, given.length);
    this.#familyCount = Math.min(MOST_WORDS, family.length);
    for (let at = 0; at < this.#givenCount; at++) this.names[at] = given[at] ?? 0;
    let count = this.#givenCount;
    for (let at = 0; at < this.#familyCount; at++) {
      const key = family[at] ?? 0;
      this.#family[at] = key;
      if (!has(this.names, key, this.#givenCount)) this.names[count++] = key;
    }
    this.#nameCount = count;
  }

  /** Given with family names; where one of the two fields is empty, the words of the other among themselves. */
  #loadPairs(): void {
    const words = this.nameCount;
    let count = 0;
    const apart = this.#givenCount > 0 && this.#familyCount > 0;
    for (let a = 0; a < (apart ? this.#givenCount : words); a++)
      for (let b = apart ? 0 : a + 1; b < (apart ? this.#familyCount : words); b++) {
        const [one, other] = [this.names[a] ?? 0, (apart ? this.#family[b] : this.names[b]) ?? 0];
        if (one === other) continue;
        const pair = one < other ? mixHash(one, other) : mixHash(other, one);
        if (!has(this.pairs, pair, count)) this.pairs[count++] = pair;
      }
    this.#pairCount = count;
  }
}

function has(keys: Uint32Array, key: number, count: number): boolean {
  for (let at = 0; at < count; at++) if (keys[at] === key) return true;
  return false;
}

/** A column of texts; its keys are apart from those of others by `seed`. */
export interface TextSource {
  readonly seed: number;
  readonly values: Int32Array;
}

function describedColumns(table: LinkageTable): readonly TextSource[] {
  const known = new Set(LINKAGE_FIELDS.map((field) => field.name));
  return [...table.columns]
    .filter(([name]) => !known.has(name))
    .map(([name, values]) => ({ seed: hashText(name), values }));
}

const PLAIN_FIELDS = ['national_id', 'phone', 'email', 'address', 'postal_code'] as const;

/** Fields whose value is a key as it stands. */
export type PlainField = (typeof PLAIN_FIELDS)[number];

const COLUMN_NAMES = [
  ...PLAIN_FIELDS,
  'given_names',
  'family_name',
  'date_of_birth',
  'sex',
  'place_of_birth',
  'commune',
  'father_given',
  'mother_given',
  'mother_family',
] as const;

type ColumnName = (typeof COLUMN_NAMES)[number];

function columnsOf(table: LinkageTable): Readonly<Record<ColumnName, Int32Array>> {
  const entries = COLUMN_NAMES.map((name) => [name, table.columns.get(name) ?? NO_VALUES] as const);
  return Object.fromEntries(entries) as Record<ColumnName, Int32Array>;
}
