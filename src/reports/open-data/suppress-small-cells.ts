/** A count that may identify somebody if it is small. */
export interface Countable {
  readonly people: number;
  /** Those of the group who are not counted, where the group is published too: two of a hundred are as few as two. */
  readonly others?: number;
}

/**
 * Which cells of one breakdown are kept back: those above 0 and below `smallest`, those all but a few of whose group they count, and, since the total is published,
 * the next smallest as well while fewer than two are kept back or what is kept back adds up to less than `smallest`:
 * a single gap could be computed from the rest.
 */
export function suppressed<Cell extends Countable>(cells: readonly Cell[], smallest: number): ReadonlySet<Cell> {
  const few = (count: number): boolean => count > 0 && count < smallest;
  const kept = new Set(cells.filter(({ people, others = 0 }) => few(people) || few(others)));
  if (kept.size === 0) return kept;
  const others = cells.filter((cell) => cell.people > 0 && !kept.has(cell)).sort((a, b) => a.people - b.people);
  const total = (): number => [...kept].reduce((sum, { people }) => sum + people, 0);
  for (const next of others) {
    if (kept.size > 1 && total() >= smallest) break;
    kept.add(next);
  }
  return kept;
}
