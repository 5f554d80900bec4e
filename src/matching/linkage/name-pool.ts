import type { NameLexicon } from '../name-lexicon.ts';
import { normaliseName } from '../normalise-name.ts';
import { phoneticKey } from '../phonetic-key.ts';
import { hashText } from './hash.ts';
import { Interner } from './interner.ts';

/** A distinct name, taken apart once. */
export interface PooledName {
  readonly words: readonly string[];
  readonly joined: string;
  readonly joinedKey: string;
  /** Words that are more than a title; all of them when there are only titles. */
  readonly strongWords: readonly string[];
  /** Hashes under which candidates are looked for, one per strong word, spelling groups folded. */
  readonly keys: readonly number[];
}

/** All distinct names of a job, by number. 0 is "nothing comparable". */
export class NamePool {
  readonly #interner = new Interner();
  readonly #names: PooledName[] = [pooledName('', null)];
  readonly #written = new Map<string, number>();
  readonly #lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.#lexicon = lexicon;
  }

  get size(): number {
    return this.#names.length;
  }

  idOf(text: string): number {
    const known = this.#written.get(text);
    if (known !== undefined) return known;
    const normalised = normaliseName(text);
    const id = this.#interner.idOf(normalised);
    this.#written.set(text, id);
    if (id === this.#names.length) this.#names.push(pooledName(normalised, this.#lexicon));
    return id;
  }

  name(id: number): PooledName {
    return this.#names[id] ?? pooledName('', null);
  }
}

function pooledName(normalised: string, lexicon: NameLexicon | null): PooledName {
  const words = normalised === '' ? [] : normalised.split(' ');
  const named = words.filter((word) => lexicon?.isTitle(word) === false);
  const strongWords = named.length > 0 ? named : words;
  const joined = words.join('');
  return {
    words,
    joined,
    joinedKey: phoneticKey(joined),
    strongWords,
    keys: [...new Set(strongWords.map((word) => hashText(phoneticKey(lexicon?.canonical(word) ?? word))))],
  };
}
