import { CANDIDATE_PASSES } from './candidate-passes.ts';
import type { CandidatePass } from './candidate-passes.ts';
import { KeyRow } from './key-row.ts';
import type { LinkageTable, ValuePools } from './linkage-table.ts';
import { SortedKeyIndex } from './sorted-key-index.ts';

/** Pairs of rows worth comparing, ordered by left row then right row, each once. */
export interface CandidatePairs {
  readonly count: number;
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

/**
 * Candidates between two tables, or inside one when `right` is `left` (then each pair once, smaller row first). One
 * pass is in memory at a time.
 */
export function findCandidates(left: LinkageTable, right: LinkageTable, pools: ValuePools): CandidatePairs {
  const codes = new GrowingCodes();
  for (const pass of CANDIDATE_PASSES) collectPass(pass, left, right, pools, codes);
  return distinctPairs(codes.sorted(), right.ids.length);
}

function collectPass(
  pass: CandidatePass,
  left: LinkageTable,
  right: LinkageTable,
  pools: ValuePools,
  codes: GrowingCodes,
): void {
  const index = indexPass(pass, right, pools);
  const inside = left === right;
  const size = right.ids.length;
  const row = new KeyRow(left, pools);
  const keys: number[] = [];
  for (let i = 0; i < left.ids.length; i++) {
    keys.length = 0;
    row.moveTo(i);
    pass.keys(row, keys);
    for (const key of keys) {
      const rows = index.rowsOf(key);
      if (rows.length > pass.limit) continue;
      for (const j of rows) if (!inside || j > i) codes.push(i * size + j);
    }
  }
}

function indexPass(pass: CandidatePass, table: LinkageTable, pools: ValuePools): SortedKeyIndex {
  const keyRow = new KeyRow(table, pools);
  const allKeys: number[] = [];
  const allRows: number[] = [];
  const keys: number[] = [];
  for (let row = 0; row < table.ids.length; row++) {
    keys.length = 0;
    keyRow.moveTo(row);
    pass.keys(keyRow, keys);
    for (const key of keys) {
      allKeys.push(key);
      allRows.push(row);
    }
  }
  return new SortedKeyIndex(Uint32Array.from(allKeys), Uint32Array.from(allRows));
}

/** Pair numbers, `left × size + right`, exact in a double up to 90 million rows a side. */
class GrowingCodes {
  #codes = new Float64Array(1 << 16);
  #count = 0;

  push(code: number): void {
    if (this.#count === this.#codes.length) {
      const larger = new Float64Array(this.#codes.length * 2);
      larger.set(this.#codes);
      this.#codes = larger;
    }
    this.#codes[this.#count] = code;
    this.#count++;
  }

  sorted(): Float64Array {
    return this.#codes.subarray(0, this.#count).sort();
  }
}

function distinctPairs(codes: Float64Array, size: number): CandidatePairs {
  let count = 0;
  for (let i = 0; i < codes.length; i++) if (i === 0 || codes[i] !== codes[i - 1]) count++;
  const pairs = { count, left: new Uint32Array(count), right: new Uint32Array(count) };
  let at = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (i > 0 && code === codes[i - 1]) continue;
    const left = Math.floor(code / size);
    pairs.left[at] = left;
    pairs.right[at] = code - left * size;
    at++;
  }
  return pairs;
}
