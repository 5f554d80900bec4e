import { PairMemo } from './pair-memo.ts';

/** Values numbered below this share a square table: a byte a pair, found without a search. */
const GRID_BITS = 11;

/**
 * Remembers the levels of unordered pairs of numbers. Frequent values are met early and have small numbers: their pairs lie
 * in a square of bytes, of which the processor's cache holds the part in use; the others in a {@link PairMemo}. No result
 * depends on what is remembered.
 */
export class LevelGrid {
  readonly #size: number;
  readonly #bits: number;
  /** Level plus one; 0 is unknown. */
  readonly #known: Uint8Array;
  readonly #others: PairMemo;
  readonly #compare: (low: number, high: number) => number;

  /** `compare(smaller, larger)` gives a level, 0–15. `bits`: log₂ of the square's side. */
  constructor(compare: (low: number, high: number) => number, bits = GRID_BITS, others = new PairMemo()) {
    this.#compare = compare;
    this.#bits = bits;
    this.#size = 2 ** bits;
    this.#known = new Uint8Array(this.#size * this.#size);
    this.#others = others;
  }

  level(a: number, b: number): number {
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    if (high >= this.#size) return this.#others.level(low, high, this.#compare);
    const at = (low << this.#bits) | high;
    const known = this.#known[at] ?? 0;
    if (known !== 0) return known - 1;
    const found = this.#compare(low, high);
    this.#known[at] = found + 1;
    return found;
  }
}
