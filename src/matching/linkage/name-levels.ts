import { atMostOneEdit } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import type { NameKind, NameLexicon } from '../name-lexicon.ts';
import type { NamePool, PooledName, PooledWord } from './name-pool.ts';
import { PairMemo } from './pair-memo.ts';

/** Codes of the name levels, in the order of `LEVELS_OF_KIND.name`. */
export const NAME_LEVEL = { exact: 0, close: 1, contained: 2, near: 3, weak: 4, different: 5, missing: 6 } as const;

const NEAR_SIMILARITY = 0.88;
/** Below this length one letter makes another name. */
const SHORTEST_NEAR = 4;

/** Levels of pairs of pooled names of one kind. Same pair, same level; symmetric. */
export class NameLevels {
  readonly #kind: NameKind;
  readonly #lexicon: NameLexicon;
  readonly #names = new PairMemo();
  readonly #words = new PairMemo();
  readonly #compareNames: (low: number, high: number) => number;

  constructor(kind: NameKind, pool: NamePool, lexicon: NameLexicon) {
    this.#kind = kind;
    this.#lexicon = lexicon;
    this.#compareNames = (low, high) => this.#compare(pool.name(low), pool.name(high));
  }

  level(a: number, b: number): number {
    if (a === 0 || b === 0) return NAME_LEVEL.missing;
    return a === b ? NAME_LEVEL.exact : this.#names.level(a, b, this.#compareNames);
  }

  #compare(a: PooledName, b: PooledName): number {
    if (a.joined === b.joined) return NAME_LEVEL.exact;
    if (a.words.length !== 1 || b.words.length !== 1) {
      if (a.joinedKey === b.joinedKey || atMostOneEdit(a.joined, b.joined)) return NAME_LEVEL.close;
      if (this.#lexicon.relation(this.#kind, a.joined, b.joined) === 'spelling') return NAME_LEVEL.close;
    }
    return this.#pairWords(a, b);
  }

  #pairWords(a: PooledName, b: PooledName): number {
    const restB = [...b.words];
    let restA = [...a.words];
    let worst = -1;
    let onlyTitles = true;
    for (const level of [NAME_LEVEL.exact, NAME_LEVEL.close, NAME_LEVEL.near])
      restA = restA.filter((word) => {
        const found = restB.findIndex((other) => this.#wordLevel(word, other) === level);
        if (found < 0) return true;
        restB.splice(found, 1);
        worst = level;
        onlyTitles &&= word.isTitle;
        return false;
      });
    if (worst < 0) return this.#cutAlike(a, b) ? NAME_LEVEL.weak : NAME_LEVEL.different;
    return overall(worst, onlyTitles, restA.some(isName), restB.some(isName));
  }

  /** Words cut at different places may still be alike as a whole. */
  #cutAlike(a: PooledName, b: PooledName): boolean {
    return a.words.length !== b.words.length && jaroWinkler(a.joined, b.joined) >= NEAR_SIMILARITY;
  }

  #wordLevel(a: PooledWord, b: PooledWord): number {
    if (a === b) return NAME_LEVEL.exact;
    return this.#words.level(a.id, b.id, () => this.#compareWords(a, b));
  }

  #compareWords(a: PooledWord, b: PooledWord): number {
    const relation = this.#lexicon.relation(this.#kind, a.text, b.text);
    if (relation === 'spelling') return NAME_LEVEL.close;
    if (relation === 'usage') return NAME_LEVEL.near;
    if (relation === 'look-alike') return NAME_LEVEL.different;
    const shortest = Math.min(a.text.length, b.text.length);
    if (shortest === 1) return a.text[0] === b.text[0] ? NAME_LEVEL.near : NAME_LEVEL.different;
    const long = shortest >= SHORTEST_NEAR;
    if (a.key === b.key || (long && atMostOneEdit(a.text, b.text)))
      return relation === 'known-different' ? NAME_LEVEL.near : NAME_LEVEL.close;
    return long && jaroWinkler(a.text, b.text) >= NEAR_SIMILARITY ? NAME_LEVEL.near : NAME_LEVEL.different;
  }
}

function isName(word: PooledWord): boolean {
  return !word.isTitle;
}

/** A title more or less changes nothing; a shared title with other names on both sides is nothing shared. */
function overall(worst: number, onlyTitles: boolean, moreInA: boolean, moreInB: boolean): number {
  if (moreInA && moreInB) return onlyTitles ? NAME_LEVEL.different : NAME_LEVEL.weak;
  if (!moreInA && !moreInB) return worst;
  return onlyTitles || worst === NAME_LEVEL.near ? NAME_LEVEL.near : NAME_LEVEL.contained;
}
