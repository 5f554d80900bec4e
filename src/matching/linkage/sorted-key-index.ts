const BUCKET_BITS = 16;
const BUCKETS = 2 ** BUCKET_BITS;

/** Rows by 32-bit key: eight bytes an entry, sorted, with a table of where each upper half begins. */
export class SortedKeyIndex {
  readonly #keys: Uint32Array;
  readonly #rows: Uint32Array;
  readonly #starts = new Uint32Array(BUCKETS + 1);

  constructor(keys: Uint32Array, rows: Uint32Array) {
    const low = sortByDigit(keys, rows, 0);
    const sorted = sortByDigit(low.keys, low.rows, BUCKET_BITS);
    this.#keys = sorted.keys;
    this.#rows = sorted.rows;
    for (const key of keys) {
      const bucket = (key >>> BUCKET_BITS) + 1;
      this.#starts[bucket] = (this.#starts[bucket] ?? 0) + 1;
    }
    for (let b = 1; b <= BUCKETS; b++) this.#starts[b] = (this.#starts[b] ?? 0) + (this.#starts[b - 1] ?? 0);
  }

  /** The rows of a key; a view, not a copy. */
  rowsOf(key: number): Uint32Array {
    const bucket = key >>> BUCKET_BITS;
    const end = this.#starts[bucket + 1] ?? 0;
    const from = this.#lowerBound(key, this.#starts[bucket] ?? 0, end);
    let to = from;
    while (to < end && this.#keys[to] === key) to++;
    return this.#rows.subarray(from, to);
  }

  #lowerBound(key: number, start: number, end: number): number {
    let [low, high] = [start, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Entries {
  readonly keys: Uint32Array;
  readonly rows: Uint32Array;
}

/** One stable pass of a radix sort over 16 bits. */
function sortByDigit(keys: Uint32Array, rows: Uint32Array, shift: number): Entries {
  const next = new Uint32Array(BUCKETS + 1);
  for (const key of keys) {
    const digit = ((key >>> shift) & (BUCKETS - 1)) + 1;
    next[digit] = (next[digit] ?? 0) + 1;
  }
  for (let d = 1; d <= BUCKETS; d++) next[d] = (next[d] ?? 0) + (next[d - 1] ?? 0);
  const sorted: Entries = { keys: new Uint32Array(keys.length), rows: new Uint32Array(rows.length) };
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    const digit = (key >>> shift) & (BUCKETS - 1);
    const position = next[digit] ?? 0;
    next[digit] = position + 1;
    sorted.keys[position] = key;
    sorted.rows[position] = rows[i] ?? 0;
  }
  return sorted;
}
