import type { LinkageTable } from './linkage-table.ts';

/** How often the values of a field occur in a job: agreement on Ndiaye says less than agreement on Preira. */
export interface ValueFrequencies {
  /** For every row of each file: share of rows with its value, the two rows of a pair left out; 0 where unknown. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** Share of pairs of strangers that agree on any value. */
  readonly agreement: number;
}

/** Stands for the rows not yet seen with a value that only the pair itself bears. */
const UNSEEN = 0.5;

/** Frequencies of a column over both files; inside one file, over that file. Unknown values are not counted. */
export function valueFrequencies(field: string, left: LinkageTable, right: LinkageTable): ValueFrequencies {
  const counts = new Map<number, number>();
  let total = 0;
  for (const table of left === right ? [left] : [left, right])
    for (const value of table.columns.get(field) ?? []) {
      if (value === 0) continue;
      counts.set(value, (counts.get(value) ?? 0) + 1);
      total++;
    }
  let agreement = 0;
  for (const count of counts.values()) agreement += (count / total) ** 2;
  const shareOf = (value: number): number =>
    value === 0 ? 0 : (Math.max(0, (counts.get(value) ?? 0) - 2) + UNSEEN) / Math.max(1, total);
  const shares = (table: LinkageTable): Float64Array => Float64Array.from(table.columns.get(field) ?? [], shareOf);
  return {
    left: shares(left),
    right: shares(right),
    agreement: Math.max(agreement, UNSEEN / Math.max(1, total)),
  };
}
