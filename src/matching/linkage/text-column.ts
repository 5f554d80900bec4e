import { hashBytes } from './hash.ts';

const FIRST_BYTES = 1 << 16;
const FIRST_ROWS = 1 << 12;
/** A UTF-16 unit takes three bytes of UTF-8 at most. */
const MOST_BYTES_A_UNIT = 3;

/** A column of texts in one run of bytes: an id costs its letters and four bytes, not a string of its own. */
export class TextColumn {
  #bytes = new Uint8Array(FIRST_BYTES);
  #ends = new Uint32Array(FIRST_ROWS);
  #used = 0;
  #rows = 0;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  get length(): number {
    return this.#rows;
  }

  at(row: number): string {
    return this.#decoder.decode(this.#bytes.subarray(this.#start(row), this.#ends[row] ?? 0));
  }

  /** Hash of a row's text. */
  hashAt(row: number): number {
    return hashBytes(this.#bytes, this.#start(row), this.#ends[row] ?? 0);
  }

  push(text: string): void {
    this.#makeRoom(text.length * MOST_BYTES_A_UNIT);
    this.#end(this.#encoder.encodeInto(text, this.#bytes.subarray(this.#used)).written);
  }

  /** Adds a text given as a range of UTF-8 bytes. */
  pushBytes(bytes: Uint8Array, start: number, end: number): void {
    this.#makeRoom(end - start);
    for (let at = start; at < end; at++) this.#bytes[this.#used + at - start] = bytes[at] ?? 0;
    this.#end(end - start);
  }

  #start(row: number): number {
    return row === 0 ? 0 : (this.#ends[row - 1] ?? 0);
  }

  #end(written: number): void {
    if (this.#rows === this.#ends.length) {
      const ends = new Uint32Array(this.#rows * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#used += written;
    this.#ends[this.#rows] = this.#used;
    this.#rows++;
  }

  #makeRoom(more: number): void {
    if (this.#used + more <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + more));
    bytes.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = bytes;
  }
}
