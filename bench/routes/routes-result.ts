import type { Route } from '../../src/matching/scoring/route.ts';

/** Records a route led to. */
export interface RouteFigures {
  records: number;
  /** Really the person's. */
  own: number;
  /** The rule alone says `same`; of those, somebody else's. */
  ruleSame: number;
  ruleWrong: number;
  /** Rule and score together; of those, somebody else's. */
  certain: number;
  wrong: number;
  /** Sum of squared errors of the probability. */
  squaredError: number;
}

export interface RoutesResult {
  readonly people: number;
  readonly seeds: readonly string[];
  readonly routes: ReadonlyMap<Route, RouteFigures>;
  /** Outcomes of the people, and reasons of those who must be looked at. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly reasons: ReadonlyMap<string, number>;
  /** People confirmed by another person's record. */
  readonly wronglyConfirmed: number;
}
