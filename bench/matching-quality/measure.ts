import type { LinkedPair } from '../../src/matching/linkage/link-tables.ts';

/** What a linkage found, to be held against the truth. */
export interface LabelledPairs {
  /** `left id,right id` of every true pair. */
  readonly truth: ReadonlySet<string>;
  readonly pairs: readonly LinkedPair[];
  /** Rows of the left file. */
  readonly people: number;
}

/** How good a linkage is; shares of 1. */
export interface QualityFigures {
  readonly truePairs: number;
  /** At score ≥ 0.5. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly autoPairs: number;
  readonly autoPrecision: number;
  /** Upper end of the 95 % Wilson interval of `autoPrecision`. */
  readonly autoPrecisionUpper: number;
  readonly autoRecall: number;
  /** Rows with a pair in review and none decided `auto`. */
  readonly reviewShare: number;
  /** True pairs decided `auto` or `review`. */
  readonly covered: number;
  /** Mean distance between score and share of true pairs, over ten equal bins of the listed pairs. */
  readonly calibrationError: number;
}

const BINS = 10;

/** Figures of a linkage against its truth. */
export function qualityFigures({ truth, pairs, people }: LabelledPairs): QualityFigures {
  const isTrue = (pair: LinkedPair): boolean => truth.has(`${pair.leftId},${pair.rightId}`);
  const count = (accepts: (pair: LinkedPair) => boolean): readonly [all: number, right: number] => {
    const accepted = pairs.filter(accepts);
    return [accepted.length, accepted.filter(isTrue).length];
  };
  const [likely, likelyRight] = count(({ score }) => score >= 0.5);
  const [auto, autoRight] = count(({ decision }) => decision === 'auto');
  const [, coveredRight] = count(({ decision }) => decision !== 'reject');
  const [precision, recall] = [likelyRight / Math.max(1, likely), likelyRight / truth.size];
  return {
    truePairs: truth.size,
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    autoPairs: auto,
    autoPrecision: autoRight / Math.max(1, auto),
    autoPrecisionUpper: wilsonUpper(autoRight, auto),
    autoRecall: autoRight / truth.size,
    reviewShare: reviewedPeople(pairs) / people,
    covered: coveredRight / truth.size,
    calibrationError: calibrationError(pairs, isTrue),
  };
}

function reviewedPeople(pairs: readonly LinkedPair[]): number {
  const idsOf = (decision: string): Set<string> =>
    new Set(pairs.filter((pair) => pair.decision === decision).map((pair) => pair.leftId));
  const decided = idsOf('auto');
  return [...idsOf('review')].filter((id) => !decided.has(id)).length;
}

function calibrationError(pairs: readonly LinkedPair[], isTrue: (pair: LinkedPair) => boolean): number {
  const bins = Array.from({ length: BINS }, () => ({ scores: 0, right: 0 }));
  for (const pair of pairs) {
    const bin = bins[Math.min(BINS - 1, Math.floor(pair.score * BINS))];
    if (bin === undefined) continue;
    bin.scores += pair.score;
    if (isTrue(pair)) bin.right++;
  }
  const distance = bins.reduce((sum, { scores, right }) => sum + Math.abs(scores - right), 0);
  return distance / Math.max(1, pairs.length);
}

/** Upper end of the 95 % Wilson interval of a share. */
export function wilsonUpper(right: number, all: number): number {
  if (all === 0) return 1;
  const [z, share] = [1.96, right / all];
  const centre = share + z ** 2 / (2 * all);
  const reach = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  return (centre + reach) / (1 + z ** 2 / all);
}
