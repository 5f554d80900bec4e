import type { LinkageTable } from './linkage-table.ts';

/** How often a value of a field occurs in a job: agreement on Ndiaye says less than agreement on Preira. */
export type ShareOfValue = (value: number) => number;

/** Shares of a column's values over both files; inside one file over that file. Unknown values are not counted. */
export function valueShares(field: string, left: LinkageTable, right: LinkageTable): ShareOfValue {
  const counts = new Map<number, number>();
  let total = 0;
  for (const table of left === right ? [left] : [left, right])
    for (const value of table.columns.get(field) ?? []) {
      if (value === 0) continue;
      counts.set(value, (counts.get(value) ?? 0) + 1);
      total++;
    }
  return (value) => (counts.get(value) ?? 1) / Math.max(1, total);
}
