import { CodeTable } from './code-table.ts';
import { Interner } from './interner.ts';

/** Digits that a double holds exactly behind a leading 1, which keeps zeros in front. */
const MOST_DIGITS = 15;
const ZERO = 48;

/**
 * Numbers telephone and identity numbers, digits as numbers: millions of them differ, and as texts they would take more
 * memory than all else. 0 is the empty one.
 */
export class NumberPool {
  readonly #digits = new CodeTable();
  readonly #codes: Float64List = new Float64List();
  readonly #texts = new Interner();

  /** Id of a text of digits and capital letters. Ids of digits are odd, those of other texts even. */
  idOf(text: string): number {
    if (text === '') return 0;
    if (text.length > MOST_DIGITS || !/^\d+$/.test(text)) return 2 * this.#texts.idOf(text);
    return this.#idOfCode(Number(`1${text}`));
  }

  /** Id of a range of bytes if they are digits alone; −1 otherwise. */
  idOfDigits(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > MOST_DIGITS) return -1;
    let code = 1;
    for (let at = start; at < end; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return -1;
      code = code * 10 + digit;
    }
    return this.#idOfCode(code);
  }

  textOf(id: number): string {
    if (id === 0) return '';
    return id % 2 === 0 ? this.#texts.textOf(id / 2) : String(this.#codes.at((id - 1) / 2)).slice(1);
  }

  /**
   * False when two numbers are surely more than one slip apart. One digit changed makes a difference of one figure
   * and zeros; two neighbours exchanged one of 9 times a figure.
   */
  mayBeOneSlip(a: number, b: number): boolean {
    if (a === b || a % 2 === 0 || b % 2 === 0) return true;
    const [one, other] = [this.#codes.at((a - 1) / 2), this.#codes.at((b - 1) / 2)];
    let apart = Math.abs(one - other);
    // A digit more or less multiplies by about ten: such pairs are rare, and compared as texts.
    if (apart * 2 > Math.min(one, other)) return true;
    while (apart % 10 === 0) apart /= 10;
    return apart < 10 || (apart <= 81 && apart % 9 === 0);
  }

  #idOfCode(code: number): number {
    const number = this.#digits.numberOf(code);
    if (number === this.#codes.count) this.#codes.push(code);
    return 2 * number + 1;
  }
}

/** Doubles that grow in number. */
class Float64List {
  count = 0;
  #values = new Float64Array(1024);

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  push(value: number): void {
    if (this.count === this.#values.length) {
      const larger = new Float64Array(this.count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.count] = value;
    this.count++;
  }
}
