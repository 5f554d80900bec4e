const EMPTY = -1;
const FIRST_SIZE = 2 ** 12;

/**
 * Numbers whole numbers up to 2⁵³ in the order in which they come. Open addressing over flat arrays: a `Map` with such
 * keys allocates for each look-up and took a quarter of a large job.
 */
export class CodeTable {
  #codes = new Float64Array(FIRST_SIZE);
  #numbers = new Int32Array(FIRST_SIZE).fill(EMPTY);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Number of a code; a new code gets the next one. */
  numberOf(code: number): number {
    const slot = slotOf(this.#codes, this.#numbers, code);
    const known = this.#numbers[slot] ?? EMPTY;
    if (known !== EMPTY) return known;
    const number = this.#count++;
    this.#codes[slot] = code;
    this.#numbers[slot] = number;
    if (this.#count * 2 > this.#codes.length) this.#grow();
    return number;
  }

  #grow(): void {
    const codes = new Float64Array(this.#codes.length * 2);
    const numbers = new Int32Array(this.#codes.length * 2).fill(EMPTY);
    for (let at = 0; at < this.#codes.length; at++) {
      const number = this.#numbers[at] ?? EMPTY;
      if (number === EMPTY) continue;
      const slot = slotOf(codes, numbers, this.#codes[at] ?? 0);
      codes[slot] = this.#codes[at] ?? 0;
      numbers[slot] = number;
    }
    this.#codes = codes;
    this.#numbers = numbers;
  }
}

/** Slot that holds a code, or the free one where it belongs. Sizes are powers of two. */
function slotOf(codes: Float64Array, numbers: Int32Array, code: number): number {
  const mask = codes.length - 1;
  const mixed = Math.imul((code | 0) ^ Math.imul((code / 4_294_967_296) | 0, 0x85ebca6b), 0x9e3779b1);
  let slot = (mixed ^ (mixed >>> 15)) & mask;
  while (numbers[slot] !== EMPTY && codes[slot] !== code) slot = (slot + 1) & mask;
  return slot;
}
