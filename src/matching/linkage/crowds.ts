import { rowKeys } from './identical-rows.ts';
import { sortByKey } from './key-groups.ts';
import type { LinkageTable } from './linkage-table.ts';
import { TextColumn } from './text-column.ts';

/** Identical rows are a crowd when they are more than this, and more than this share of the file. */
const [FEWEST, SHARE] = [2, 0.01];

/**
 * The table as the model learns from it: of a crowd of identical rows one stays. One person a thousand times over is not
 * a thousand people who happen to agree, and must not make their values look usual. Homonyms of whom a file says little
 * are alike as well, but never a hundredth of a file. The table itself where there is no crowd.
 */
export function withoutCrowds(table: LinkageTable): LinkageTable {
  const buffer = rowKeys(table);
  sortByKey(buffer);
  const { keys, rows, count } = buffer;
  const most = Math.max(FEWEST, SHARE * table.ids.length);
  const left = new Set<number>();
  for (let start = 0, end = 0; start < count; start = end) {
    for (end = start; end < count && keys[end] === keys[start]; end++);
    if (end - start > most) for (let at = start + 1; at < end; at++) left.add(rows[at] ?? 0);
  }
  return left.size === 0 ? table : without(table, left);
}

function without(table: LinkageTable, left: ReadonlySet<number>): LinkageTable {
  const ids = new TextColumn();
  for (let row = left.size; row < table.ids.length; row++) ids.push('');
  const kept = (values: Int32Array): Int32Array => values.filter((_, row) => !left.has(row));
  return { ids, fields: table.fields, columns: new Map([...table.columns].map(([name, all]) => [name, kept(all)])) };
}
