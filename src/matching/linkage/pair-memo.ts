const SLOT_BITS = 20;
/** Levels take four bits of an entry, the two numbers 24 each: together what a double holds exactly. */
const LEVELS = 16;
const NUMBERS = 2 ** 24;

/**
 * Remembers the level of unordered pairs of numbers: values repeat, in large jobs 97 % of the pairs are met again. A
 * fixed table of 8 MB in which a newer pair drives out an older one: memory never grows, and no result depends on it. One
 * entry is one number, so that a look-up waits for memory once.
 */
export class PairMemo {
  readonly #entries: Float64Array;
  readonly #shift: number;

  /** `slotBits`: log₂ of the number of entries. */
  constructor(slotBits = SLOT_BITS) {
    this.#entries = new Float64Array(2 ** slotBits).fill(-1);
    this.#shift = 32 - slotBits;
  }

  /** The level of a pair, 0–15, computed by `compare(smaller, larger)` when it is not remembered. */
  level(a: number, b: number, compare: (low: number, high: number) => number): number {
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    if (high >= NUMBERS) return compare(low, high);
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> this.#shift;
    const first = (low * NUMBERS + high) * LEVELS;
    const level = (this.#entries[slot] ?? -1) - first;
    if (level >= 0 && level < LEVELS) return level;
    const found = compare(low, high);
    this.#entries[slot] = first + found;
    return found;
  }
}
