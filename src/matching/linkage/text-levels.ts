import { atMostOneEdit } from '../edit-distance.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import type { Interner } from './interner.ts';
import { LevelGrid } from './level-grid.ts';
import type { NumberPool } from './number-pool.ts';
import { NumberColumn } from './number-column.ts';

/** Codes of the levels of places, addresses and other short texts. */
export const TEXT_LEVEL = { exact: 0, near: 1, different: 2, missing: 3 } as const;
/** Codes of the levels of numbers. */
export const NUMBER_LEVEL = { equal: 0, slip: 1, different: 2, missing: 3 } as const;

const NEAR_SIMILARITY = 0.88;
/** Shorter numbers one digit apart are simply other numbers. */
const SHORTEST_SLIP = 5;

/** log₂ of the side of the square of texts that are compared often: the communes of a country fit in. */
const GRID_BITS = 10;

/** Levels of pairs of pooled texts, each pair compared once. Symmetric. */
export class TextLevels {
  readonly #levels: LevelGrid;
  /** Own numbers of the texts compared, as they come: pooled numbers are shared with columns of a million values. */
  readonly #numbers: Int32Array;
  readonly #pooled = new NumberColumn();
  #count = 0;

  /** `gridBits` is for what is remembered; no level depends on it. */
  constructor(pool: Interner, gridBits = GRID_BITS) {
    this.#numbers = new Int32Array(pool.size);
    this.#levels = new LevelGrid((one, other) => {
      const { values } = this.#pooled;
      const [a, b] = [values[one] ?? 0, values[other] ?? 0];
      // In the order of their pooled numbers: repeated words make the comparison depend on it.
      const near = areNear(pool.textOf(Math.min(a, b)), pool.textOf(Math.max(a, b)));
      return near ? TEXT_LEVEL.near : TEXT_LEVEL.different;
    }, gridBits);
  }

  level(a: number, b: number): number {
    if (a === 0 || b === 0) return TEXT_LEVEL.missing;
    return a === b ? TEXT_LEVEL.exact : this.#levels.level(this.#numberOf(a), this.#numberOf(b));
  }

  #numberOf(id: number): number {
    const number = this.#numbers[id] ?? 0;
    if (number !== 0) return number - 1;
    this.#pooled.push(id);
    this.#numbers[id] = ++this.#count;
    return this.#count - 1;
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
