import { phoneticKey } from '../phonetic-key.ts';
import { hashText, mixHash } from './hash.ts';
import type { LinkageTable, ValuePools } from './linkage-table.ts';

const PLACES: readonly string[] = ['place_of_birth', 'commune'];
const NO_VALUES = new Int32Array(0);
const MOTHER = hashText('mother');
const COUPLE = hashText('couple');

/** What candidate keys are made of, for one row of a table at a time. 0 and empty mean unknown. */
export class KeyRow {
  readonly #columns: ReadonlyMap<string, Int32Array>;
  readonly #pools: ValuePools;
  readonly #birth: Int32Array;
  readonly #placeKeys = new Map<number, number>([[0, 0]]);
  #row = 0;

  constructor(table: LinkageTable, pools: ValuePools) {
    this.#columns = table.columns;
    this.#pools = pools;
    this.#birth = table.columns.get('date_of_birth') ?? NO_VALUES;
  }

  moveTo(row: number): void {
    this.#row = row;
  }

  /** Full date. */
  get date(): number {
    const date = this.#birth[this.#row] ?? 0;
    return date % 100 === 0 ? 0 : date;
  }

  get year(): number {
    return Math.floor((this.#birth[this.#row] ?? 0) / 10_000);
  }

  get month(): number {
    return Math.floor((this.#birth[this.#row] ?? 0) / 100) % 100;
  }

  get monthDay(): number {
    return this.date % 10_000;
  }

  /** Number of a field's value; of a place the number of its sound, since places are misspelt as names are. */
  value(field: string): number {
    const value = (this.#columns.get(field) ?? NO_VALUES)[this.#row] ?? 0;
    if (!PLACES.includes(field)) return value;
    const known = this.#placeKeys.get(value);
    if (known !== undefined) return known;
    const key = hashText(phoneticKey(this.#pools.texts.textOf(value).replaceAll(' ', '')));
    this.#placeKeys.set(value, key);
    return key;
  }

  /** Keys of the words of given and family name. */
  names(): readonly number[] {
    const [given, family] = [this.#keys('given_names'), this.#keys('family_name')];
    return family.length === 0 ? given : [...given, ...family.filter((key) => !given.includes(key))];
  }

  /** Keys of given and family name together, in either order. */
  namePairs(): readonly number[] {
    const given = this.#keys('given_names');
    const family = this.#keys('family_name');
    const pairs: number[] = [];
    for (const a of given)
      for (const b of family.length > 0 ? family : given) {
        const pair = mixHash(Math.min(a, b), Math.max(a, b));
        if (a !== b && !pairs.includes(pair)) pairs.push(pair);
      }
    return pairs;
  }

  /** Keys of the mother's two names, and of father and mother. */
  parents(): readonly number[] {
    const [mother] = this.#keys('mother_given');
    const [motherFamily] = this.#keys('mother_family');
    const [father] = this.#keys('father_given');
    const parents: number[] = [];
    if (mother !== undefined && motherFamily !== undefined)
      parents.push(mixHash(mixHash(MOTHER, mother), motherFamily));
    if (mother !== undefined && father !== undefined) parents.push(mixHash(mixHash(COUPLE, father), mother));
    return parents;
  }

  #keys(field: string): readonly number[] {
    return this.#pools.names.name((this.#columns.get(field) ?? NO_VALUES)[this.#row] ?? 0).keys;
  }
}
