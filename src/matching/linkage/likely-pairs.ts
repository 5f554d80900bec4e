import type { Calibration } from './calibration.ts';
import type { PairWatcher } from './compare-pairs.ts';
import type { PairScorer } from './pair-scorer.ts';
import type { CandidatePairs } from './pair-store.ts';

/** Pairs with a score that may still matter. */
export interface LikelyPairs {
  readonly pairs: CandidatePairs;
  readonly patternOf: Int32Array;
  /** Calibrated log₂ odds. */
  readonly bits: Float64Array;
}

/**
 * Below this a pair changes nothing: it is not reported (1 % is −6.6 bits), and as a runner-up it is further from any
 * reported pair than a margin asks for. In a large job this leaves one pair of ten or fewer.
 */
const LEAST_BITS = -14;
const WATCHED = 1 << 16;

/** Scores all pairs and keeps the likely ones, in their order. */
export function likelyPairs(
  pairs: CandidatePairs,
  patternOf: Int32Array,
  scorer: PairScorer,
  { slope, intercept }: Calibration,
  watch: PairWatcher = () => undefined,
): LikelyPairs {
  const kept = new Uint32Array(pairs.count);
  const bits = new Float64Array(pairs.count);
  const hopeless = hopelessPatterns(patternOf, scorer, slope, intercept);
  let count = 0;
  for (let pair = 0; pair < pairs.count; pair++) {
    if (pair % WATCHED === 0) watch(pair, pairs.count);
    const pattern = patternOf[pair] ?? 0;
    if (hopeless[pattern] === 1) continue;
    const own = slope * scorer.bits(pairs.left[pair] ?? 0, pairs.right[pair] ?? 0, pattern) + intercept;
    if (own < LEAST_BITS) continue;
    kept[count] = pair;
    bits[count] = own;
    count++;
  }
  const chosen = kept.subarray(0, count);
  return {
    pairs: {
      count,
      left: chosen.map((pair) => pairs.left[pair] ?? 0),
      right: chosen.map((pair) => pairs.right[pair] ?? 0),
    },
    patternOf: Int32Array.from(chosen, (pair) => patternOf[pair] ?? 0),
    bits: bits.slice(0, count),
  };
}

function hopelessPatterns(patternOf: Int32Array, scorer: PairScorer, slope: number, intercept: number): Uint8Array {
  let patterns = 0;
  for (const pattern of patternOf) if (pattern >= patterns) patterns = pattern + 1;
  const hopeless = new Uint8Array(patterns);
  for (let pattern = 0; pattern < patterns; pattern++)
    if (slope * scorer.mostBits(pattern) + intercept < LEAST_BITS) hopeless[pattern] = 1;
  return hopeless;
}
