import { hashText } from './hash.ts';
import type { Interner } from './interner.ts';

/** Words of a text that make keys: what follows adds little and a long text must not make a thousand. */
const MOST_WORDS = 12;
const NO_WORDS = new Uint32Array(0);

/** Hashes of the words of pooled texts, each text taken apart once. */
export class TextWords {
  readonly #texts: Interner;
  readonly #words = new Map<number, Uint32Array>([[0, NO_WORDS]]);

  constructor(texts: Interner) {
    this.#texts = texts;
  }

  wordsOf(text: number): Uint32Array {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    const words = this.#texts
      .textOf(text)
      .toUpperCase()
      .split(/[^\p{L}\p{N}]+/u);
    const hashes = Uint32Array.from(words.filter((word) => word !== '').slice(0, MOST_WORDS), hashText);
    this.#words.set(text, hashes);
    return hashes;
  }
}
