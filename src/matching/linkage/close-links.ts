import type { DecidedPair } from './decide-pairs.ts';
import type { ClosureRule } from './linkage-policy.ts';
import type { CandidatePairs } from './pair-store.ts';

/** Two rows that are one person because others say so. */
export interface ImpliedPair {
  readonly left: number;
  readonly right: number;
  readonly score: number;
}

/**
 * Pairs inside one file that follow from strong links: if a is b and b is c, then a is c. Strongest links first; two groups
 * are joined when at least `bridgeShare` of the smaller one's rows hold a strong link to the other, and never beyond
 * `largest` rows: one wrong bridge between two people would make dozens of wrong pairs. A pair that was compared and
 * contradicted stays as it is.
 */
export function impliedPairs(
  decided: readonly DecidedPair[],
  pairs: CandidatePairs,
  rows: number,
  rule: ClosureRule,
): readonly ImpliedPair[] {
  if (rule.largest < 3) return [];
  const strong = decided.filter(({ score, doubts }) => score >= rule.from && !doubts.includes('contradiction'));
  const groups = new RowGroups(rows, pairs, strong, rule);
  for (const { pair } of [...strong].sort((a, b) => b.score - a.score || a.pair - b.pair)) groups.join(pair);
  const listed = new Map<number, number>(
    decided.map(({ pair, score, doubts }) => [
      (pairs.left[pair] ?? 0) * rows + (pairs.right[pair] ?? 0),
      doubts.includes('contradiction') ? 1 : score,
    ]),
  );
  const implied: ImpliedPair[] = [];
  for (const group of groups.all())
    for (const [at, left] of group.entries())
      for (const right of group.slice(at + 1))
        if ((listed.get(left * rows + right) ?? 0) < rule.impliedScore)
          implied.push({ left, right, score: rule.impliedScore });
  return implied;
}

/** Disjoint groups of rows, grown link by link. */
class RowGroups {
  readonly #pairs: CandidatePairs;
  readonly #rule: ClosureRule;
  readonly #groupOf: Int32Array;
  readonly #members = new Map<number, number[]>();
  readonly #strongOf = new Map<number, number[]>();

  constructor(rows: number, pairs: CandidatePairs, strong: readonly DecidedPair[], rule: ClosureRule) {
    this.#pairs = pairs;
    this.#rule = rule;
    this.#groupOf = Int32Array.from({ length: rows }, (_, row) => row);
    for (const { pair } of strong) {
      const [left, right] = [pairs.left[pair] ?? 0, pairs.right[pair] ?? 0];
      this.#note(left, right);
      this.#note(right, left);
    }
  }

  join(pair: number): void {
    const a = this.#groupOf[this.#pairs.left[pair] ?? 0] ?? 0;
    const b = this.#groupOf[this.#pairs.right[pair] ?? 0] ?? 0;
    if (a === b) return;
    const [membersA, membersB] = [this.#members.get(a) ?? [a], this.#members.get(b) ?? [b]];
    if (membersA.length + membersB.length > this.#rule.largest) return;
    const [small, large] = membersA.length <= membersB.length ? [membersA, b] : [membersB, a];
    const linked = small.filter((row) => this.#strongOf.get(row)?.some((other) => this.#groupOf[other] === large));
    if (linked.length < this.#rule.bridgeShare * small.length) return;
    for (const row of membersB) this.#groupOf[row] = a;
    this.#members.set(a, [...membersA, ...membersB]);
    this.#members.delete(b);
  }

  /** Groups of more than two rows, rows in order. */
  all(): readonly (readonly number[])[] {
    return [...this.#members.values()]
      .filter((members) => members.length > 2)
      .map((members) => [...members].sort((a, b) => a - b));
  }

  #note(row: number, other: number): void {
    const others = this.#strongOf.get(row);
    if (others) others.push(other);
    else this.#strongOf.set(row, [other]);
  }
}
