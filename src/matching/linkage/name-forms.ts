import { hashText } from './hash.ts';
import { NumberColumn } from './number-column.ts';

/** Where each number of a name's record stands. A record fits half a line of the processor's cache. */
export const FORM = {
  firstWord: 0,
  words: 1,
  titles: 2,
  joined: 3,
  sound: 4,
  letters: 5,
  length: 6,
  listed: 7,
} as const;
/** Numbers of a record. */
export const FORM_WIDTH = 8;

/** A name as it is kept here. */
export interface FormedName {
  readonly words: readonly { readonly id: number; readonly isTitle: boolean }[];
  readonly joined: string;
  readonly joinedKey: string;
  readonly letters: number;
  readonly isListed: boolean;
}

/**
 * What comparing two names asks first, as flat numbers: strings and objects of a million names lie all over the memory.
 * `joined` and `sound` are hashes: different ones are different texts, equal ones are to be checked.
 */
export class NameForms {
  readonly #records = new NumberColumn();
  readonly #words = new NumberColumn();
  readonly #soleWords = new NumberColumn();
  #wordCount = 0;

  /** Adds the name with the next number. */
  push(name: FormedName): void {
    const titles = name.words.reduce((mask, word, at) => (word.isTitle ? mask | (1 << at) : mask), 0);
    this.#records.push(this.#wordCount);
    this.#records.push(name.words.length);
    this.#records.push(titles);
    this.#records.push(hashText(name.joined));
    this.#records.push(hashText(name.joinedKey));
    this.#records.push(name.letters);
    this.#records.push(name.joined.length);
    this.#records.push(name.isListed ? 1 : 0);
    for (const { id } of name.words) this.#words.push(id);
    this.#wordCount += name.words.length;
    this.#soleWords.push(name.words.length === 1 ? (name.words[0]?.id ?? 0) : 0);
  }

  /** Records side by side, `FORM_WIDTH` numbers a name. Outdated by the next `push`, like the arrays below. */
  get records(): Int32Array {
    return this.#records.values;
  }

  /** Numbers of the words of all names, from each one's `firstWord` on. */
  get words(): Int32Array {
    return this.#words.values;
  }

  /** The word that is all of a name; 0 for a name of several. */
  get soleWords(): Int32Array {
    return this.#soleWords.values;
  }
}
