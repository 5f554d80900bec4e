import { drawBlindPairs } from './blind-pairs.ts';
import type { LinkageTable } from './linkage-table.ts';
import type { PairComparer } from './pair-comparer.ts';
import type { CandidatePairs } from './pair-store.ts';
import { BLOCK_ROWS as BLOCK, type LevelBlock, type PatternBook } from './pattern-book.ts';

/** Told how many pairs are done. */
export type PairWatcher = (done: number, total: number) => void;

/** Compares pairs and counts their patterns in `book`; gives the number of each pair's pattern. */
export function comparePairs(
  pairs: CandidatePairs,
  compare: PairComparer,
  book: PatternBook,
  fields: number,
  watch: PairWatcher = () => undefined,
): Int32Array {
  const patternOf = new Int32Array(pairs.count);
  const block = levelBlock(fields);
  for (let from = 0; from < pairs.count; from += BLOCK) {
    block.count = Math.min(BLOCK, pairs.count - from);
    compare(pairs, from, block);
    book.add(block, patternOf, from);
    watch(from + block.count, pairs.count);
  }
  return patternOf;
}

/** Compares pairs drawn blindly and counts their patterns in `book`. */
export function compareStrangers(
  left: LinkageTable,
  right: LinkageTable,
  compare: PairComparer,
  book: PatternBook,
  fields: number,
): void {
  const block = levelBlock(fields);
  const rows = { left: new Uint32Array(BLOCK), right: new Uint32Array(BLOCK) };
  const numbers = new Int32Array(BLOCK);
  const finish = (): void => {
    compare(rows, 0, block);
    book.add(block, numbers, 0);
    block.count = 0;
  };
  drawBlindPairs(left.ids.length, right.ids.length, left === right, (i, j) => {
    rows.left[block.count] = i;
    rows.right[block.count] = j;
    block.count++;
    if (block.count === BLOCK) finish();
  });
  finish();
}

function levelBlock(fields: number): LevelBlock {
  return { fields: Array.from({ length: fields }, () => new Uint8Array(BLOCK)), count: 0 };
}
