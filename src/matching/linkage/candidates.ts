import { CANDIDATE_PASSES, FRAME_PASSES, MOST_ROWS_SEARCHED_WIDELY, WIDE_PASSES } from './candidate-passes.ts';
import type { CandidatePass } from './candidate-passes.ts';
import { pairIdenticalRows } from './identical-rows.ts';
import { KeyBuffer } from './key-buffer.ts';
import { dropHopelessKeys, sortByKey } from './key-groups.ts';
import { KeyRow } from './key-row.ts';
import type { LinkageTable, ValuePools } from './linkage-table.ts';
import { NameKeys } from './name-keys.ts';
import { PairStore } from './pair-store.ts';
import type { CandidatePairs } from './pair-store.ts';
import { PlaceSounds } from './place-sounds.ts';
import { TextWords } from './text-words.ts';

export type { CandidatePairs } from './pair-store.ts';

/** Candidates, and how many rows of one file repeat an earlier one in every value. */
export interface Candidates extends CandidatePairs {
  readonly identical: number;
}

/** Told after each pass. */
export type PassWatcher = (done: number, total: number) => void;

/**
 * Pairs that a job may bring, repeats among passes included: what is compared must stay a matter of a minute for three
 * million rows. Small jobs do not come near it.
 */
const PAIRS_ALLOWED = 20_000_000;
const PAIRS_ALLOWED_PER_ROW = 7;

/**
 * Candidates between two tables, or inside one when `right` is `left` (then each pair once, smaller row first). Keys of
 * one pass are in memory at a time. When pairs become too many, large groups are left out first, pass by pass.
 */
export function findCandidates(
  left: LinkageTable,
  right: LinkageTable,
  pools: ValuePools,
  onPass: PassWatcher = () => undefined,
): Candidates {
  const [leftSize, rightSize] = [left.ids.length, right.ids.length];
  const pairs = new PairStore(leftSize, rightSize);
  const buffer = new KeyBuffer();
  const sounds = {
    names: new NameKeys(pools.names),
    places: new PlaceSounds(pools.texts),
    words: new TextWords(pools.texts),
  };
  const tables = left === right ? [left] : [left, right];
  const rows = tables.map((table) => new KeyRow(table, sounds));
  const framed = tables.map((table) => new KeyRow(table, { ...sounds, names: framesOf(pools) }));
  const passes = passesFor(leftSize + (left === right ? 0 : rightSize));
  const allowed = Math.max(PAIRS_ALLOWED, PAIRS_ALLOWED_PER_ROW * (leftSize + (left === right ? 0 : rightSize)));
  let weights = passes.reduce((sum, pass) => sum + pass.weight, 0);
  passes.forEach((pass, at) => {
    collectKeys(pass, tables, FRAME_PASSES.includes(pass) ? framed : rows, buffer);
    dropHopelessKeys(buffer, left === right ? pass.limit : 2 * pass.limit);
    sortByKey(buffer);
    const groups: Groups = { buffer, border: left === right ? null : leftSize, limit: pass.limit };
    const share = ((allowed - pairs.count) * pass.weight) / weights;
    pushPairs(groups, largestGroup(groups, share), pairs);
    weights -= pass.weight;
    onPass(at + 1, passes.length);
  });
  const identical = pairIdenticalRows(left, right, pairs);
  return { ...pairs.distinct(), identical };
}

function passesFor(rows: number): readonly CandidatePass[] {
  return rows > MOST_ROWS_SEARCHED_WIDELY ? CANDIDATE_PASSES : [...CANDIDATE_PASSES, ...WIDE_PASSES, ...FRAME_PASSES];
}

function framesOf(pools: ValuePools): NameKeys {
  return new NameKeys(pools.names, (name) => name.frames);
}

function collectKeys(
  pass: CandidatePass,
  tables: readonly LinkageTable[],
  rows: readonly KeyRow[],
  out: KeyBuffer,
): void {
  out.count = 0;
  out.row = 0;
  tables.forEach((table, at) => {
    const row = rows[at];
    for (let number = 0; row && number < table.ids.length; number++) {
      row.moveTo(number);
      pass.keys(row, out);
      out.row++;
    }
  });
}

/** Sorted keys. `border`: rows from here on are the right file's; null inside one file. */
interface Groups {
  readonly buffer: KeyBuffer;
  readonly border: number | null;
  readonly limit: number;
}

/** Size up to which all groups together make no more than `share` pairs. A group of two files has the size of its larger side. */
function largestGroup(groups: Groups, share: number): number {
  const pairsOfSize = new Float64Array(groups.limit + 1);
  eachGroup(groups, (_, inLeft, inRight) => {
    const size = Math.max(inLeft, inRight);
    if (size > groups.limit) return;
    const made = groups.border === null ? (inLeft * (inLeft - 1)) / 2 : inLeft * inRight;
    pairsOfSize[size] = (pairsOfSize[size] ?? 0) + made;
  });
  let pairs = 0;
  for (let size = 0; size <= groups.limit; size++) {
    pairs += pairsOfSize[size] ?? 0;
    if (pairs > share) return size - 1;
  }
  return groups.limit;
}

function pushPairs(groups: Groups, largest: number, out: PairStore): void {
  const { buffer, border } = groups;
  eachGroup(groups, (start, inLeft, inRight) => {
    if (Math.max(inLeft, inRight) > largest) return;
    const { rows } = buffer;
    if (border === null) {
      for (let a = start; a < start + inLeft; a++)
        for (let b = a + 1; b < start + inLeft; b++) if (rows[a] !== rows[b]) out.push(rows[a] ?? 0, rows[b] ?? 0);
      return;
    }
    for (let a = start; a < start + inLeft; a++)
      for (let b = start + inLeft; b < start + inLeft + inRight; b++) out.push(rows[a] ?? 0, (rows[b] ?? 0) - border);
  });
}

/** Visits every key borne more than once: where its rows begin, and how many are the left and the right file's. */
function eachGroup(groups: Groups, visit: (start: number, inLeft: number, inRight: number) => void): void {
  const { buffer, border } = groups;
  const { keys, rows, count } = buffer;
  for (let start = 0, end = 0; start < count; start = end) {
    const key = keys[start];
    let inLeft = 0;
    for (end = start; end < count && keys[end] === key; end++)
      if (border === null || (rows[end] ?? 0) < border) inLeft++;
    if (end - start > 1) visit(start, inLeft, end - start - inLeft);
  }
}
