/**
 * What can be computed from published sums. A cell is a sum over the finest groups (départements, or the values of one
 * breakdown); whoever reads the published cells knows those sums, and may add and subtract them as they like. A hidden
 * cell is known exactly when it is a combination of published ones.
 */

/** A cell as a sum: which of the finest groups it covers, by index. */
export interface Sum {
  readonly atoms: readonly number[];
}

/** One row of the elimination: its coefficients over the atoms, and of which published cells it is made. */
interface Row {
  readonly values: Float64Array;
  readonly made: Float64Array;
  readonly pivot: number;
}

/** Coefficients are small fractions; what is below this is nothing but rounding. */
const NOTHING = 1e-9;

/**
 * The published cells from which `hidden` can be computed; empty when it cannot. A reader is taken to know all
 * `published`, which is why a total that is printed elsewhere belongs among them.
 */
export function computedFrom<Cell extends Sum>(
  published: readonly Cell[],
  atoms: number,
): (hidden: Sum) => readonly Cell[] {
  const rows: Row[] = [];
  published.forEach((cell, at) => {
    const made = new Float64Array(published.length);
    made[at] = 1;
    const values = vector(cell, atoms);
    reduce(values, made, rows);
    const pivot = values.findIndex((value) => Math.abs(value) > NOTHING);
    if (pivot >= 0) rows.push({ values, made, pivot });
  });
  return (hidden) => {
    const values = vector(hidden, atoms);
    const made = new Float64Array(published.length);
    reduce(values, made, rows);
    if (values.some((value) => Math.abs(value) > NOTHING)) return [];
    return published.filter((_, at) => Math.abs(made[at] ?? 0) > NOTHING);
  };
}

function vector({ atoms: covered }: Sum, atoms: number): Float64Array {
  const values = new Float64Array(atoms);
  for (const atom of covered) values[atom] = 1;
  return values;
}

/** Takes multiples of the rows off until none of their pivots is left, and keeps account of which cells were used. */
function reduce(values: Float64Array, made: Float64Array, rows: readonly Row[]): void {
  for (const row of rows) {
    const factor = (values[row.pivot] ?? 0) / (row.values[row.pivot] ?? 1);
    if (Math.abs(factor) <= NOTHING) continue;
    row.values.forEach((value, at) => (values[at] = (values[at] ?? 0) - factor * value));
    row.made.forEach((value, at) => (made[at] = (made[at] ?? 0) - factor * value));
  }
}
