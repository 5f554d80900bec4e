import { mixHash } from './hash.ts';
import { KeyBuffer } from './key-buffer.ts';
import { sortByKey } from './key-groups.ts';
import type { LinkageTable } from './linkage-table.ts';
import type { PairStore } from './pair-store.ts';

/**
 * Pairs rows whose every shared value is the same, however many there are: one person 50 000 times over is beyond what
 * any pass may bring. Inside one file each row meets the next of its kind; between two files each meets the first two of
 * the other's, enough to see that there is more than one. The number of pairs stays in proportion to the rows.
 * Returns how many rows of one file repeat an earlier one; 0 between two files.
 */
export function pairIdenticalRows(left: LinkageTable, right: LinkageTable, out: PairStore): number {
  const names = left.fields.map((field) => field.name).filter((name) => right.columns.has(name));
  const inside = left === right;
  const buffer = new KeyBuffer();
  for (const table of inside ? [left] : [left, right]) pushRowKeys(table, names, buffer);
  sortByKey(buffer);
  const border = inside ? null : left.ids.length;
  let repeats = 0;
  for (let start = 0, end = 0; start < buffer.count; start = end) {
    for (end = start; end < buffer.count && buffer.keys[end] === buffer.keys[start]; end++);
    if (end - start < 2) continue;
    const alike = buffer.rows.subarray(start, end);
    if (border === null) repeats += chain(alike, left, names, out);
    else meetFirst(alike, border, out);
  }
  return repeats;
}

/** A key of all values of each row of a table, for rows of which at least two are known. */
export function rowKeys(table: LinkageTable): KeyBuffer {
  const buffer = new KeyBuffer();
  pushRowKeys(table, [...table.columns.keys()], buffer);
  return buffer;
}

/** Rows of which nothing is known are not alike, they are unknown. */
function pushRowKeys(table: LinkageTable, names: readonly string[], out: KeyBuffer): void {
  const columns = names.map((name) => table.columns.get(name) ?? new Int32Array(0));
  for (let row = 0; row < table.ids.length; row++) {
    let key = 0;
    let known = 0;
    for (const column of columns) {
      const value = column[row] ?? 0;
      key = mixHash(key, value);
      if (value !== 0) known++;
    }
    if (known > 1) out.push(key);
    out.row++;
  }
}

function chain(rows: Uint32Array, table: LinkageTable, names: readonly string[], out: PairStore): number {
  let repeats = 0;
  for (let at = 1; at < rows.length; at++) {
    const [earlier, later] = [rows[at - 1] ?? 0, rows[at] ?? 0];
    if (!names.every((name) => table.columns.get(name)?.[earlier] === table.columns.get(name)?.[later])) continue;
    out.push(earlier, later);
    repeats++;
  }
  return repeats;
}

function meetFirst(rows: Uint32Array, border: number, out: PairStore): void {
  let inLeft = 0;
  while (inLeft < rows.length && (rows[inLeft] ?? 0) < border) inLeft++;
  for (let a = 0; a < inLeft; a++)
    for (let b = inLeft; b < Math.min(inLeft + 2, rows.length); b++) out.push(rows[a] ?? 0, (rows[b] ?? 0) - border);
  for (let b = inLeft + 2; b < rows.length; b++)
    for (let a = 0; a < Math.min(2, inLeft); a++) out.push(rows[a] ?? 0, (rows[b] ?? 0) - border);
}
