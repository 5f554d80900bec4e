import { computedFrom, type Sum } from './recoverable.ts';

/** A count that may identify somebody if it is small. */
export interface Countable {
  readonly people: number;
  /** Whether it is below the smallest count to publish, or gives away one that is. */
  readonly small: boolean;
}

/** A cell among others with which it can be added and subtracted. */
export interface LinkedCell extends Countable, Sum {
  /** Groups whose sum is published: the whole breakdown, and the région or insurer the cell lies in. */
  readonly families: readonly string[];
}

/**
 * Which cells of one family are kept back: the small ones and, since the total is published, the next smallest as well
 * while fewer than two are kept back or what is kept back adds up to less than `smallest`: a single gap could be
 * computed from the rest.
 */
export function suppressed<Cell extends Countable>(cells: readonly Cell[], smallest: number): ReadonlySet<Cell> {
  const kept = new Set(cells.filter(({ small }) => small));
  if (kept.size === 0) return kept;
  const others = cells.filter((cell) => cell.people > 0 && !kept.has(cell)).sort((a, b) => a.people - b.people);
  const total = (): number => [...kept].reduce((sum, { people }) => sum + people, 0);
  for (const next of others) {
    if (kept.size > 1 && total() >= smallest) break;
    kept.add(next);
  }
  return kept;
}

/**
 * Which cells are kept back where several breakdowns cut the same people: départements add up to régions and to
 * insurers, so that a gap in one may be computed from another. First each family by itself; then, as long as some small
 * cell can still be computed from what is published, the smallest cell of that computation.
 *
 * @param atoms how many finest groups there are; their total is taken to be known
 */
export function suppressedLinked<Cell extends LinkedCell>(
  cells: readonly Cell[],
  atoms: number,
  smallest: number,
): ReadonlySet<Cell> {
  const families = new Set(cells.flatMap((cell) => cell.families));
  const kept = new Set<Cell>();
  for (const family of families)
    for (const cell of suppressed(
      cells.filter((one) => one.families.includes(family)),
      smallest,
    ))
      kept.add(cell);
  const total = { atoms: Array.from({ length: atoms }, (_, at) => at) };
  for (;;) {
    const published = cells.filter((cell) => !kept.has(cell));
    const computation = computedFrom<Sum>([...published, total], atoms);
    const used = new Set(cells.filter((cell) => cell.small).flatMap((cell) => computation(cell)));
    const next = published.filter((cell) => used.has(cell) && cell.people > 0).sort((a, b) => a.people - b.people)[0];
    // Nothing left to keep back: either no small cell can be computed, or it is all there is.
    if (!next) return kept;
    kept.add(next);
  }
}
