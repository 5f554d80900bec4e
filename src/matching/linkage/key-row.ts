import { hashText, mixHash } from './hash.ts';
import { LINKAGE_FIELDS } from './linkage-field.ts';
import type { LinkageTable } from './linkage-table.ts';
import type { NameKeys } from './name-keys.ts';
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

/** How the values of a job are heard: keys of names, sounds of places, words of texts. */
export interface Sounds {
  readonly names: NameKeys;
  readonly places: PlaceSounds;
  readonly words: TextWords;
}

/** A column of texts; its keys are apart from those of others by `seed`. */
export interface TextSource {
  readonly seed: number;
  readonly values: Int32Array;
}

/** What candidate keys are made of, for one row of a table at a time. 0 means unknown. Allocates nothing. */
export class KeyRow {
  /** Keys of the words of given and family name, the first `nameCount`. */
  readonly names = new Uint32Array(2 * MOST_WORDS);
  /** Keys of two names together, in either order, the first `pairCount`. */
  readonly pairs = new Uint32Array(2 * MOST_WORDS * MOST_WORDS);
  /** Columns without a known meaning: titles, companies, whatever the file holds. */
  readonly described: readonly TextSource[];
  readonly address: TextSource;
  readonly #family = new Uint32Array(MOST_WORDS);
  readonly #sounds: Sounds;
  readonly #nationalIds: Int32Array;
  readonly #phones: Int32Array;
  readonly #emails: Int32Array;
  readonly #postalCodes: Int32Array;
  readonly #births: Int32Array;
  readonly #sexes: Int32Array;
  readonly #places: Int32Array;
  readonly #communes: Int32Array;
  readonly #givenNames: Int32Array;
  readonly #familyNames: Int32Array;
  readonly #fathers: Int32Array;
  readonly #mothers: Int32Array;
  readonly #motherFamilies: Int32Array;
  #row = 0;
  #givenCount = 0;
  #familyCount = 0;
  #nameCount = -1;
  #pairCount = -1;

  constructor(table: LinkageTable, sounds: Sounds) {
    const column = (name: string): Int32Array => table.columns.get(name) ?? NO_VALUES;
    this.#sounds = sounds;
    this.#nationalIds = column('national_id');
    this.#phones = column('phone');
    this.#emails = column('email');
    this.#postalCodes = column('postal_code');
    this.address = { seed: hashText('address'), values: column('address') };
    this.described = describedColumns(table);
    this.#births = column('date_of_birth');
    this.#sexes = column('sex');
    this.#places = column('place_of_birth');
    this.#communes = column('commune');
    this.#givenNames = column('given_names');
    this.#familyNames = column('family_name');
    this.#fathers = column('father_given');
    this.#mothers = column('mother_given');
    this.#motherFamilies = column('mother_family');
  }

  moveTo(row: number): void {
    this.#row = row;
    this.#nameCount = -1;
    this.#pairCount = -1;
  }

  /** Full date. */
  get date(): number {
    const date = this.#births[this.#row] ?? 0;
    return date % 100 === 0 ? 0 : date;
  }

  get year(): number {
    return ((this.#births[this.#row] ?? 0) / 10_000) | 0;
  }

  get month(): number {
    return (((this.#births[this.#row] ?? 0) / 100) | 0) % 100;
  }

  get monthDay(): number {
    return this.date % 10_000;
  }

  get sex(): number {
    return this.#sexes[this.#row] ?? 0;
  }

  /**
   * Number of the sound of the place of birth, since places are misspelt as names are. Most people were born where they
   * live: the commune stands for a place that is missing.
   */
  get placeOfBirth(): number {
    const place = this.#places[this.#row] ?? 0;
    return this.#sounds.places.soundOf(place === 0 ? (this.#communes[this.#row] ?? 0) : place);
  }

  get commune(): number {
    return this.#sounds.places.soundOf(this.#communes[this.#row] ?? 0);
  }

  get nationalId(): number {
    return this.#nationalIds[this.#row] ?? 0;
  }

  get phone(): number {
    return this.#phones[this.#row] ?? 0;
  }

  get email(): number {
    return this.#emails[this.#row] ?? 0;
  }

  get postalCode(): number {
    return this.#postalCodes[this.#row] ?? 0;
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
    const given = this.#firstKey(this.#mothers[this.#row] ?? 0);
    const family = this.#firstKey(this.#motherFamilies[this.#row] ?? 0);
    return given === 0 || family === 0 ? 0 : mixHash(mixHash(MOTHER, given), family);
  }

  /** Key of the given names of father and mother; 0 when one is unknown. */
  get couple(): number {
    const father = this.#firstKey(this.#fathers[this.#row] ?? 0);
    const mother = this.#firstKey(this.#mothers[this.#row] ?? 0);
    return father === 0 || mother === 0 ? 0 : mixHash(mixHash(COUPLE, father), mother);
  }

  textOf(source: TextSource): number {
    return source.values[this.#row] ?? 0;
  }

  /** Hashes of the words that the row has in a column of texts. */
  wordsOf(source: TextSource): Uint32Array {
    return this.#sounds.words.wordsOf(this.textOf(source));
  }

  #firstKey(name: number): number {
    const { starts, keys } = this.#sounds.names;
    const start = starts[name] ?? 0;
    return start === starts[name + 1] ? 0 : (keys[start] ?? 0);
  }

  #loadNames(): void {
    const { starts, keys } = this.#sounds.names;
    const given = this.#givenNames[this.#row] ?? 0;
    const family = this.#familyNames[this.#row] ?? 0;
    const [givenAt, familyAt] = [starts[given] ?? 0, starts[family] ?? 0];
    this.#givenCount = Math.min(MOST_WORDS, (starts[given + 1] ?? 0) - givenAt);
    this.#familyCount = Math.min(MOST_WORDS, (starts[family + 1] ?? 0) - familyAt);
    for (let at = 0; at < this.#givenCount; at++) this.names[at] = keys[givenAt + at] ?? 0;
    let count = this.#givenCount;
    for (let at = 0; at < this.#familyCount; at++) {
      const key = keys[familyAt + at] ?? 0;
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
        const one = this.names[a] ?? 0;
        const other = (apart ? this.#family[b] : this.names[b]) ?? 0;
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

function describedColumns(table: LinkageTable): readonly TextSource[] {
  const known = new Set(LINKAGE_FIELDS.map((field) => field.name));
  return [...table.columns]
    .filter(([name]) => !known.has(name))
    .map(([name, values]) => ({ seed: hashText(name), values }));
}
