import { atMostOneEdit } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import type { Interner } from './interner.ts';
import type { NumberPool } from './number-pool.ts';
import { PairMemo } from './pair-memo.ts';

/** Codes of the levels of places, addresses and other short texts. */
export const TEXT_LEVEL = { exact: 0, near: 1, different: 2, missing: 3 } as const;
/** Codes of the levels of numbers. */
export const NUMBER_LEVEL = { equal: 0, slip: 1, different: 2, missing: 3 } as const;

const NEAR_SIMILARITY = 0.88;
/** Shorter numbers one digit apart are simply other numbers. */
const SHORTEST_SLIP = 5;

/** Levels of pairs of pooled texts, each pair compared once. Symmetric. */
export class TextLevels {
  readonly #memo = new PairMemo();
  readonly #compare: (low: number, high: number) => number;

  constructor(pool: Interner) {
    this.#compare = (low, high) =>
      areNear(pool.textOf(low), pool.textOf(high)) ? TEXT_LEVEL.near : TEXT_LEVEL.different;
  }

  level(a: number, b: number): number {
    if (a === 0 || b === 0) return TEXT_LEVEL.missing;
    return a === b ? TEXT_LEVEL.exact : this.#memo.level(a, b, this.#compare);
  }
}

/** Level of two pooled numbers. Symmetric. */
export function numberLevel(pool: NumberPool, a: number, b: number): number {
  if (a === 0 || b === 0) return NUMBER_LEVEL.missing;
  if (a === b) return NUMBER_LEVEL.equal;
  if (!pool.mayBeOneSlip(a, b)) return NUMBER_LEVEL.different;
  const [textA, textB] = [pool.textOf(a), pool.textOf(b)];
  const long = Math.min(textA.length, textB.length) >= SHORTEST_SLIP;
  return long && atMostOneEdit(textA, textB) ? NUMBER_LEVEL.slip : NUMBER_LEVEL.different;
}

/** Alike as a whole, or half of the words of the shorter one found in the longer. */
function areNear(a: string, b: string): boolean {
  const [wordsA, wordsB] = [a.split(' '), b.split(' ')];
  const [short, long] = wordsA.length <= wordsB.length ? [wordsA, wordsB] : [wordsB, wordsA];
  if (long.length > 1) {
    const shared = short.filter((word) => long.includes(word)).length;
    if (shared > 0 && shared * 2 >= short.length) return true;
  }
  return jaroWinkler(a, b) >= NEAR_SIMILARITY;
}
