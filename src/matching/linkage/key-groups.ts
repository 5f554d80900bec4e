import type { KeyBuffer } from './key-buffer.ts';

const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const SHIFTS: readonly number[] = [0, 11, 22];

/** Smallest and largest counting table: 64 KiB and 64 MiB. */
const [LEAST_BITS, MOST_BITS] = [16, 26];
/** Counters stop here; group limits are far below. */
const MOST_COUNTED = 255;
/** What other keys may add to a counter before a group near the limit would be missed. */
const SLACK = 4;

/**
 * Leaves in the buffer only keys that may make a group of 2 to `limit` rows: most keys are borne by one row or by
 * thousands, and sorting them would cost most of the time. Counters are shared by keys of one hash, so some keys too many
 * stay; groups are measured exactly afterwards.
 */
export function dropHopelessKeys(buffer: KeyBuffer, limit: number): void {
  const { keys, rows, count } = buffer;
  const bits = Math.min(MOST_BITS, Math.max(LEAST_BITS, Math.ceil(Math.log2(Math.max(1, count))) + 2));
  const shift = 32 - bits;
  const counters = new Uint8Array(2 ** bits);
  for (let at = 0; at < count; at++) {
    const slot = spread(keys[at] ?? 0) >>> shift;
    const seen = counters[slot] ?? 0;
    if (seen < MOST_COUNTED) counters[slot] = seen + 1;
  }
  const most = limit + SLACK >= MOST_COUNTED ? MOST_COUNTED : limit + SLACK;
  let kept = 0;
  for (let at = 0; at < count; at++) {
    const key = keys[at] ?? 0;
    const seen = counters[spread(key) >>> shift] ?? 0;
    if (seen < 2 || seen > most) continue;
    keys[kept] = key;
    rows[kept] = rows[at] ?? 0;
    kept++;
  }
  buffer.count = kept;
}

function spread(key: number): number {
  return Math.imul(key, 0x9e3779b1);
}

/** Sorts the buffer by key, rows of one key in the order they came: least significant digit first, three passes. */
export function sortByKey(buffer: KeyBuffer): void {
  const { count } = buffer;
  let from = { keys: buffer.keys, rows: buffer.rows };
  let to = { keys: new Uint32Array(count), rows: new Uint32Array(count) };
  for (const shift of SHIFTS) {
    scatter(from, to, count, shift);
    [from, to] = [to, from];
  }
  // After an odd number of passes the sorted entries are in the new arrays.
  buffer.keys.set(from.keys.subarray(0, count));
  buffer.rows.set(from.rows.subarray(0, count));
}

interface Entries {
  readonly keys: Uint32Array;
  readonly rows: Uint32Array;
}

function scatter(from: Entries, to: Entries, count: number, shift: number): void {
  const next = new Uint32Array(DIGITS);
  const { keys, rows } = from;
  const { keys: toKeys, rows: toRows } = to;
  for (let at = 0; at < count; at++) {
    const digit = ((keys[at] ?? 0) >>> shift) & (DIGITS - 1);
    next[digit] = (next[digit] ?? 0) + 1;
  }
  let start = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const size = next[digit] ?? 0;
    next[digit] = start;
    start += size;
  }
  for (let at = 0; at < count; at++) {
    const key = keys[at] ?? 0;
    const digit = (key >>> shift) & (DIGITS - 1);
    const place = next[digit] ?? 0;
    next[digit] = place + 1;
    toKeys[place] = key;
    toRows[place] = rows[at] ?? 0;
  }
}
