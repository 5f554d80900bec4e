import type { LinkageTable } from './linkage-table.ts';

/** How often the values of a field occur in a job: agreement on Ndiaye says less than agreement on Preira. */
export interface ValueFrequencies {
  /** Share of rows with a value, the two rows of a pair left out; 0 where it is unknown. */
  shareOf(value: number): number;
  /** Share of a value that only the pair itself bears: no share is smaller. */
  readonly least: number;
  /** Share of pairs of strangers that agree on any value. */
  readonly agreement: number;
}

/** Stands for the rows not yet seen with a value that only the pair itself bears. */
const UNSEEN = 0.5;

/** Values up to here are looked up in an array, larger ones, packed dates, in a map. */
const MOST_DENSE = 2 ** 22;

/** What else is known of a column's values. */
export interface ValueKinship {
  /** Values that can agree at the best level; others are not counted. */
  readonly isCounted: (value: number) => boolean;
  /** Values written otherwise that are one: a misspelt Ndiaye is rare, its bearer is not. */
  readonly groupOf?: (value: number) => number;
  /** Column whose values may stand here by mistake: given and family names are exchanged. */
  readonly alsoIn?: string;
  /** Share of strangers that agree on a usual value, for files too small to show it. */
  readonly expected?: number;
}

/** Rows of a usual value that stand for what a small file does not show. */
const USUAL_ROWS = 0.2;

const PLAIN: ValueKinship = { isCounted: (value) => value !== 0 };

/** Frequencies of a column over both files; inside one file, over that file. Unknown values are not counted. */
export function valueFrequencies(
  field: string,
  left: LinkageTable,
  right: LinkageTable,
  kinship: ValueKinship = PLAIN,
): ValueFrequencies {
  const tables = left === right ? [left] : [left, right];
  const own = countValues(field, tables, kinship);
  let agreement = kinship.expected === undefined ? 0 : USUAL_ROWS / own.total;
  for (const count of own.counts.values()) agreement += (count / own.rows) * (count / own.total);
  const least = UNSEEN / own.total;
  let shares = sharesOf(own, kinship);
  if (kinship.alsoIn !== undefined) {
    const other = sharesOf(countValues(kinship.alsoIn, tables, kinship), kinship);
    shares = largerShares(shares, other);
  }
  return { shareOf: lookUp(shares), least, agreement: Math.max(agreement, least) };
}

interface ValueCounts {
  readonly counts: ReadonlyMap<number, number>;
  /** Rows with a value. */
  readonly rows: number;
  /** The same with those that stand for what a small file does not show. */
  readonly total: number;
}

function countValues(field: string, tables: readonly LinkageTable[], kinship: ValueKinship): ValueCounts {
  const { isCounted, expected } = kinship;
  const counts = new Map<number, number>();
  let rows = 0;
  for (const table of tables)
    for (const value of table.columns.get(field) ?? []) {
      if (!isCounted(value)) continue;
      counts.set(value, (counts.get(value) ?? 0) + 1);
      rows++;
    }
  const more = expected === undefined ? 0 : USUAL_ROWS / expected;
  return { counts, rows, total: Math.max(1, rows + more) };
}

/** Share of each value; where values have a group, halfway between it and the group's, in bits. */
function sharesOf({ counts, total }: ValueCounts, { groupOf }: ValueKinship): ReadonlyMap<number, number> {
  const share = (count: number): number => (Math.max(0, count - 2) + UNSEEN) / total;
  if (groupOf === undefined) return new Map([...counts].map(([value, count]) => [value, share(count)]));
  const groups = new Map<number, number>();
  for (const [value, count] of counts) groups.set(groupOf(value), (groups.get(groupOf(value)) ?? 0) + count);
  return new Map(
    [...counts].map(([value, count]) => [value, Math.sqrt(share(count) * share(groups.get(groupOf(value)) ?? count))]),
  );
}

function largerShares(own: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>): Map<number, number> {
  const larger = new Map(own);
  for (const [value, share] of other) if (share > (own.get(value) ?? 0)) larger.set(value, share);
  return larger;
}

function lookUp(shares: ReadonlyMap<number, number>): (value: number) => number {
  let largest = 0;
  for (const value of shares.keys()) largest = Math.max(largest, value);
  if (largest > MOST_DENSE) return (value) => shares.get(value) ?? 0;
  const dense = new Float64Array(largest + 1);
  for (const [value, share] of shares) dense[value] = share;
  return (value) => dense[value] ?? 0;
}
