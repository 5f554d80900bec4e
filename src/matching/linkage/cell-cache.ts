import { hashBytes } from './hash.ts';

const FIRST_SLOTS = 1 << 12;
const FIRST_BYTES = 1 << 16;
/** An entry: hash, where its bytes begin, how many they are, value plus one (0: free). */
const WIDTH = 4;

/**
 * Remembers what cells mean, by their bytes: values repeat, and a cell met before is never made a string. Open addressing
 * in flat arrays.
 */
export class CellCache {
  #entries = new Int32Array(FIRST_SLOTS * WIDTH);
  #bytes = new Uint8Array(FIRST_BYTES);
  #used = 0;
  #count = 0;

  /** Value of the bytes from `start` to `end`, worked out by `read` when they are new. */
  valueOf(
    bytes: Uint8Array,
    start: number,
    end: number,
    read: (bytes: Uint8Array, start: number, end: number) => number,
  ): number {
    const hash = hashBytes(bytes, start, end) | 0;
    const entries = this.#entries;
    const mask = entries.length / WIDTH - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const at = slot * WIDTH;
      const value = entries[at + 3] ?? 0;
      if (value === 0) break;
      if (entries[at] === hash && this.#same(bytes, start, end, entries[at + 1] ?? 0, entries[at + 2] ?? 0))
        return value - 1;
      slot = (slot + 1) & mask;
    }
    const value = read(bytes, start, end);
    this.#store(slot, hash, bytes, start, end, value);
    return value;
  }

  #same(bytes: Uint8Array, start: number, end: number, from: number, length: number): boolean {
    if (length !== end - start) return false;
    for (let at = 0; at < length; at++) if (this.#bytes[from + at] !== bytes[start + at]) return false;
    return true;
  }

  #store(slot: number, hash: number, bytes: Uint8Array, start: number, end: number, value: number): void {
    const length = end - start;
    if (this.#used + length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length));
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
    for (let at = 0; at < length; at++) this.#bytes[this.#used + at] = bytes[start + at] ?? 0;
    this.#entries.set([hash, this.#used, length, value + 1], slot * WIDTH);
    this.#used += length;
    this.#count++;
    if (this.#count * 2 > this.#entries.length / WIDTH) this.#grow();
  }

  #grow(): void {
    const [old, entries] = [this.#entries, new Int32Array(this.#entries.length * 2)];
    const mask = entries.length / WIDTH - 1;
    for (let from = 0; from < old.length; from += WIDTH) {
      if (old[from + 3] === 0) continue;
      const hash = old[from] ?? 0;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (entries[slot * WIDTH + 3] !== 0) slot = (slot + 1) & mask;
      for (let part = 0; part < WIDTH; part++) entries[slot * WIDTH + part] = old[from + part] ?? 0;
    }
    this.#entries = entries;
  }
}
