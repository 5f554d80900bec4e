import type { KeyBuffer } from './key-buffer.ts';

const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const SHIFTS: readonly number[] = [0, 11, 22];

/** Smallest and largest counting table: 64 KiB and 64 MiB, were it in memory whole. */
const [LEAST_BITS, MOST_BITS] = [16, 26];
/** Counted are keys of one part of the table after the other, so that its counters stay in the processor's cache. */
const PART_BITS = 7;
const PARTS = 2 ** PART_BITS;
/** Counters stop here; group limits are far below. */
const MOST_COUNTED = 255;
/** What other keys may add to a counter before a group near the limit would be missed. */
const SLACK = 4;

/**
 * Leaves in the buffer only keys that may make a group of 2 to `limit` rows, rows of one key in the order they came: most
 * keys are borne by one row or by thousands, and sorting them would cost most of the time. Counters are shared by keys of
 * one hash, so some keys too many stay; groups are measured exactly afterwards.
 */
export function dropHopelessKeys(buffer: KeyBuffer, limit: number): void {
  const { count } = buffer;
  const bits = Math.min(MOST_BITS, Math.max(LEAST_BITS, Math.ceil(Math.log2(Math.max(1, count))) + 2));
  const most = limit + SLACK >= MOST_COUNTED ? MOST_COUNTED : limit + SLACK;
  const ends = partition(buffer);
  const counters = new Uint8Array(2 ** (bits - PART_BITS));
  let kept = 0;
  for (let part = 0; part < PARTS; part++) {
    const start = part === 0 ? 0 : (ends[part - 1] ?? 0);
    kept = keepHopeful(buffer, start, ends[part] ?? 0, kept, counters, 32 - bits, most);
  }
  buffer.count = kept;
}

/** Moves the entries to the spare arrays, those of one part of the counting table together. Returns where parts end. */
function partition({ keys, rows, count, spare }: KeyBuffer): Uint32Array {
  const ends = new Uint32Array(PARTS);
  for (let at = 0; at < count; at++) {
    const part = spread(keys[at] ?? 0) >>> (32 - PART_BITS);
    ends[part] = (ends[part] ?? 0) + 1;
  }
  toStarts(ends);
  for (let at = 0; at < count; at++) {
    const key = keys[at] ?? 0;
    const part = spread(key) >>> (32 - PART_BITS);
    const place = ends[part] ?? 0;
    ends[part] = place + 1;
    spare.keys[place] = key;
    spare.rows[place] = rows[at] ?? 0;
  }
  return ends;
}

/** Copies the hopeful entries of one part of the spare arrays back, from `kept` on. Returns where they end. */
function keepHopeful(
  { keys, rows, spare }: KeyBuffer,
  start: number,
  end: number,
  kept: number,
  counters: Uint8Array,
  shift: number,
  most: number,
): number {
  const mask = counters.length - 1;
  counters.fill(0);
  for (let at = start; at < end; at++) {
    const slot = (spread(spare.keys[at] ?? 0) >>> shift) & mask;
    const seen = counters[slot] ?? 0;
    if (seen < MOST_COUNTED) counters[slot] = seen + 1;
  }
  let to = kept;
  for (let at = start; at < end; at++) {
    const key = spare.keys[at] ?? 0;
    const seen = counters[(spread(key) >>> shift) & mask] ?? 0;
    if (seen < 2 || seen > most) continue;
    keys[to] = key;
    rows[to] = spare.rows[at] ?? 0;
    to++;
  }
  return to;
}

function spread(key: number): number {
  return Math.imul(key, 0x9e3779b1);
}

/** Sorts the buffer by key, rows of one key in the order they came: least significant digit first, three passes. */
export function sortByKey(buffer: KeyBuffer): void {
  for (const shift of SHIFTS) {
    scatter(buffer, shift);
    buffer.exchange();
  }
}

/** Moves the entries to the spare arrays in the order of one digit of their keys. */
function scatter({ keys, rows, count, spare }: KeyBuffer, shift: number): void {
  const next = new Uint32Array(DIGITS);
  for (let at = 0; at < count; at++) {
    const digit = ((keys[at] ?? 0) >>> shift) & (DIGITS - 1);
    next[digit] = (next[digit] ?? 0) + 1;
  }
  toStarts(next);
  const { keys: toKeys, rows: toRows } = spare;
  for (let at = 0; at < count; at++) {
    const key = keys[at] ?? 0;
    const digit = (key >>> shift) & (DIGITS - 1);
    const place = next[digit] ?? 0;
    next[digit] = place + 1;
    toKeys[place] = key;
    toRows[place] = rows[at] ?? 0;
  }
}

/** Turns sizes of consecutive parts into where each begins. */
function toStarts(sizes: Uint32Array): void {
  let start = 0;
  for (let part = 0; part < sizes.length; part++) {
    const size = sizes[part] ?? 0;
    sizes[part] = start;
    start += size;
  }
}
