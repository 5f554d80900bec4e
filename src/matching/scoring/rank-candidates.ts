import type { ScoredPair } from './score-pair.ts';

/** A candidate among the others that compete for the same person. */
export interface RankedCandidate<T> {
  readonly candidate: T;
  /** Of being the person's, shared among all candidates: at most one of them is. */
  readonly probability: number;
  /** Lead over the best other candidate, in bits; negative behind it; null without another. */
  readonly marginBits: number | null;
  /** The best other one; null without another. */
  readonly runnerUp: T | null;
}

/** Ranks records that exclude each other, best first; equal ones keep their order. */
export function rankCandidates<T extends { readonly score: Pick<ScoredPair, 'bits'> }>(
  candidates: readonly T[],
): readonly RankedCandidate<T>[] {
  const sorted = [...candidates].sort((a, b) => b.score.bits - a.score.bits);
  const odds = sorted.reduce((sum, { score }) => sum + 2 ** score.bits, 1);
  return sorted.map((candidate, rank) => {
    const runnerUp = sorted[rank === 0 ? 1 : 0] ?? null;
    return {
      candidate,
      probability: 2 ** candidate.score.bits / odds,
      marginBits: runnerUp === null ? null : candidate.score.bits - runnerUp.score.bits,
      runnerUp,
    };
  });
}
