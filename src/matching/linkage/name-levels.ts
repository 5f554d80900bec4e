import { atMostOneEdit } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import type { NameKind, NameLexicon } from '../name-lexicon.ts';
import { MOST_WORDS } from './name-pool.ts';
import type { NamePool, PooledName, PooledWord } from './name-pool.ts';
import { PairMemo } from './pair-memo.ts';

/** Codes of the name levels, in the order of `LEVELS_OF_KIND.name`. */
export const NAME_LEVEL = { exact: 0, close: 1, contained: 2, near: 3, weak: 4, different: 5, missing: 6 } as const;

const NEAR_SIMILARITY = 0.88;
/** Two slips in one word; by chance one pair of names in eighty is as alike. */
const WEAK_SIMILARITY = 0.8;
/** Below this length one letter makes another name. */
const SHORTEST_NEAR = 4;

/** Levels of two words at which they may be one, best first. */
const WORD_LEVELS = [NAME_LEVEL.exact, NAME_LEVEL.close, NAME_LEVEL.near, NAME_LEVEL.weak] as const;

/** Levels of pairs of pooled names of one kind. Same pair, same level; symmetric. */
export class NameLevels {
  readonly #kind: NameKind;
  readonly #lexicon: NameLexicon;
  readonly #pool: NamePool;
  readonly #names = new PairMemo();
  readonly #words = new PairMemo();
  readonly #compareNames: (low: number, high: number) => number;
  readonly #comparePooledWords: (low: number, high: number) => number;
  /** Levels of the words of two names, those of the first one by rows: filled anew for each pair of names. */
  readonly #levels = new Uint8Array(MOST_WORDS * MOST_WORDS);

  constructor(kind: NameKind, pool: NamePool, lexicon: NameLexicon) {
    this.#kind = kind;
    this.#lexicon = lexicon;
    this.#pool = pool;
    this.#compareNames = (low, high) => this.#compare(pool.name(low), pool.name(high));
    this.#comparePooledWords = (low, high) => this.#compareWords(pool.word(low), pool.word(high));
  }

  level(a: number, b: number): number {
    if (a === 0 || b === 0) return NAME_LEVEL.missing;
    if (a === b) return NAME_LEVEL.exact;
    const wordA = this.#pool.soleWord(a);
    const wordB = this.#pool.soleWord(b);
    // Most names are one word, and pairs of words are fewer than pairs of names.
    if (wordA === 0 || wordB === 0) return this.#names.level(a, b, this.#compareNames);
    return wordA === wordB ? NAME_LEVEL.exact : this.#words.level(wordA, wordB, this.#comparePooledWords);
  }

  #compare(a: PooledName, b: PooledName): number {
    if (a.joined === b.joined) return NAME_LEVEL.exact;
    if (a.joinedKey === b.joinedKey || atMostOneEdit(a.joined, b.joined)) return NAME_LEVEL.close;
    if (a.isListed && b.isListed && this.#lexicon.relation(this.#kind, a.joined, b.joined) === 'spelling')
      return NAME_LEVEL.close;
    return this.#pairWords(a, b);
  }

  /** Each word is paired with at most one, better levels first. Words used are marked in masks. */
  #pairWords(a: PooledName, b: PooledName): number {
    this.#fillLevels(a, b);
    const width = b.words.length;
    let [usedA, usedB, worst, onlyTitles] = [0, 0, -1, true];
    for (const level of WORD_LEVELS)
      for (let i = 0; i < a.words.length; i++) {
        if ((usedA & (1 << i)) !== 0) continue;
        for (let j = 0; j < width; j++) {
          if ((usedB & (1 << j)) !== 0 || this.#levels[i * width + j] !== level) continue;
          usedA |= 1 << i;
          usedB |= 1 << j;
          worst = level;
          onlyTitles &&= a.words[i]?.isTitle === true;
          break;
        }
      }
    if (worst < 0) return this.#cutAlike(a, b) ? NAME_LEVEL.weak : NAME_LEVEL.different;
    return overall(worst, onlyTitles, hasNameBeside(a, usedA), hasNameBeside(b, usedB));
  }

  #fillLevels(a: PooledName, b: PooledName): void {
    let at = 0;
    for (const wordA of a.words) for (const wordB of b.words) this.#levels[at++] = this.#wordLevel(wordA, wordB);
  }

  /** Words cut at different places may still be alike as a whole. */
  #cutAlike(a: PooledName, b: PooledName): boolean {
    return a.words.length !== b.words.length && jaroWinkler(a.joined, b.joined) >= NEAR_SIMILARITY;
  }

  #wordLevel(a: PooledWord, b: PooledWord): number {
    return a === b ? NAME_LEVEL.exact : this.#words.level(a.id, b.id, this.#comparePooledWords);
  }

  #compareWords(a: PooledWord, b: PooledWord): number {
    const relation = this.#lexicon.relation(this.#kind, a.text, b.text);
    if (relation === 'spelling') return NAME_LEVEL.close;
    if (relation === 'usage') return NAME_LEVEL.near;
    if (relation === 'look-alike') return NAME_LEVEL.different;
    const shortest = Math.min(a.text.length, b.text.length);
    if (shortest === 1) return a.text[0] === b.text[0] ? NAME_LEVEL.near : NAME_LEVEL.different;
    const long = shortest >= SHORTEST_NEAR;
    const oneEdit = atMostOneEdit(a.text, b.text);
    if (a.key === b.key || (long && oneEdit))
      return relation === 'known-different' ? NAME_LEVEL.near : NAME_LEVEL.close;
    if (!long) return oneEdit ? NAME_LEVEL.weak : NAME_LEVEL.different;
    const similarity = jaroWinkler(a.text, b.text);
    if (similarity >= NEAR_SIMILARITY) return NAME_LEVEL.near;
    return similarity >= WEAK_SIMILARITY && relation === 'unknown' ? NAME_LEVEL.weak : NAME_LEVEL.different;
  }
}

/** Whether a word that found no partner is more than a title. */
function hasNameBeside(name: PooledName, used: number): boolean {
  for (let at = 0; at < name.words.length; at++)
    if ((used & (1 << at)) === 0 && name.words[at]?.isTitle === false) return true;
  return false;
}

/** A title more or less changes nothing; a shared title with other names on both sides is nothing shared. */
function overall(worst: number, onlyTitles: boolean, moreInA: boolean, moreInB: boolean): number {
  if (moreInA && moreInB) return onlyTitles ? NAME_LEVEL.different : NAME_LEVEL.weak;
  if ((!moreInA && !moreInB) || worst === NAME_LEVEL.weak) return worst;
  return onlyTitles || worst === NAME_LEVEL.near ? NAME_LEVEL.near : NAME_LEVEL.contained;
}
