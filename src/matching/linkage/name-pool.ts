import type { NameLexicon } from '../name-lexicon.ts';
import { normaliseName } from '../normalise-name.ts';
import { phoneticKey } from '../phonetic-key.ts';
import { hashText } from './hash.ts';
import { Interner } from './interner.ts';
import { letterMask } from './letter-bounds.ts';
import { NameForms } from './name-forms.ts';

/** A distinct word of a name. */
export interface PooledWord {
  readonly id: number;
  readonly text: string;
  /** Letters of the text, see `letterMask`. */
  readonly letters: number;
  readonly key: string;
  readonly isTitle: boolean;
  /** Hash under which candidates are looked for, spelling group folded. */
  readonly candidateKey: number;
  /** Hash of the consonants that are heard: vowels are what spellings and slips change most. */
  readonly frameKey: number;
}

/** A distinct name, taken apart once. */
export interface PooledName {
  readonly text: string;
  readonly words: readonly PooledWord[];
  readonly joined: string;
  /** Letters of the joined words, see `letterMask`. */
  readonly letters: number;
  readonly joinedKey: string;
  /** Stands in the lexicon as a whole, given or family name. */
  readonly isListed: boolean;
  /** Hashes under which candidates are looked for, one per word. */
  readonly keys: readonly number[];
  /** Wider ones: hashes of the words' consonants. */
  readonly frames: readonly number[];
}

/**
 * Words of a name that are told apart; nobody has more. A field of two hundred one-letter words must cost no more to
 * compare than a name.
 */
export const MOST_WORDS = 16;

const NO_WORD: PooledWord = { id: 0, text: '', letters: 0, key: '', isTitle: false, candidateKey: 0, frameKey: 0 };
const NOTHING: PooledName = {
  text: '',
  words: [],
  joined: '',
  letters: 0,
  joinedKey: '',
  isListed: false,
  keys: [],
  frames: [],
};

/** All distinct names of a job, by number. 0 is "nothing comparable". */
export class NamePool {
  /** What comparisons ask of names. */
  readonly forms = new NameForms();
  readonly #normalised = new Interner();
  readonly #names: PooledName[] = [NOTHING];
  readonly #written = new Map<string, number>();
  readonly #words = new Map<string, PooledWord>();
  readonly #wordsById: PooledWord[] = [NO_WORD];
  readonly #lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.#lexicon = lexicon;
    this.forms.push(NOTHING);
  }

  /** Numbers given so far; names are numbered from 0. */
  get size(): number {
    return this.#names.length;
  }

  idOf(text: string): number {
    const known = this.#written.get(text);
    if (known !== undefined) return known;
    const normalised = normaliseName(text);
    const id = this.#normalised.idOf(normalised);
    this.#written.set(text, id);
    if (id < this.#names.length) return id;
    const name = this.#takeApart(normalised);
    this.#names.push(name);
    this.forms.push(name);
    return id;
  }

  name(id: number): PooledName {
    return this.#names[id] ?? NOTHING;
  }

  word(id: number): PooledWord {
    return this.#wordsById[id] ?? NO_WORD;
  }

  #takeApart(text: string): PooledName {
    const words = this.#withWholeTitles(text.split(' '))
      .slice(0, MOST_WORDS)
      .map((word) => this.#word(word));
    const joined = text.replaceAll(' ', '');
    const keys = [...new Set(words.map((word) => word.candidateKey))];
    const isListed = this.#lexicon.isKnown('given', joined) || this.#lexicon.isKnown('family', joined);
    const frames = [...new Set(words.map((word) => word.frameKey))];
    return { text, words, joined, letters: letterMask(joined), joinedKey: phoneticKey(joined), isListed, keys, frames };
  }

  /** "EL HADJI" is one title; other compounds stay apart, since part of them is often left out. */
  #withWholeTitles(words: readonly string[]): readonly string[] {
    const whole: string[] = [];
    for (let at = 0; at < words.length; at++) {
      const [first = '', second = ''] = [words[at], words[at + 1]];
      const isTitle = this.#lexicon.isCompound('given', `${first} ${second}`) && this.#lexicon.isTitle(first + second);
      whole.push(isTitle ? first + second : first);
      if (isTitle) at++;
    }
    return whole;
  }

  #word(text: string): PooledWord {
    const known = this.#words.get(text);
    if (known) return known;
    const word: PooledWord = {
      id: this.#wordsById.length,
      text,
      letters: letterMask(text),
      key: phoneticKey(text),
      isTitle: this.#lexicon.isTitle(text),
      candidateKey: hashText(phoneticKey(this.#lexicon.canonical(text))),
      frameKey: hashText(consonantsOf(phoneticKey(this.#lexicon.canonical(text)))),
    };
    this.#words.set(text, word);
    this.#wordsById.push(word);
    return word;
  }
}

/** Consonants of a phonetic key, doubled ones single; a vowel at the beginning counts, whichever it is. */
function consonantsOf(key: string): string {
  const frame = key
    .replace(/^[aeiou]+/, '1')
    .replace(/[aeiouwy]/g, '')
    .replace(/(.)\1+/g, '$1');
  return frame === '' ? key : frame;
}
