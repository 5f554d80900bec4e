import type { CandidatePairs } from './candidates.ts';
import { DATE_LEVEL } from './date-levels.ts';
import type { DecisionRule } from './linkage-policy.ts';
import { NAME_LEVEL } from './name-levels.ts';
import type { Pattern } from './pattern-book.ts';
import { NUMBER_LEVEL } from './text-levels.ts';
import type { SlotLayout } from './slot-layout.ts';

export type LinkDecision = 'auto' | 'review' | 'reject';

/** Why a pair that scores well is nevertheless for a person to see. */
export type LinkDoubt = 'close-candidate' | 'contradiction';

/** A scored pair and what to do about it. */
export interface DecidedPair {
  readonly pair: number;
  readonly score: number;
  readonly decision: LinkDecision;
  readonly doubts: readonly LinkDoubt[];
}

interface Rivals {
  /** Sum of the odds of a row's candidates. */
  readonly odds: Float64Array;
  readonly best: Float64Array;
  readonly second: Float64Array;
}

/**
 * Turns scores into probabilities and decisions, in the order of the pairs. Between two files the candidates of a row
 * exclude each other, so they share its probability; inside one file they do not: a person may be there three times.
 * The margin leaves at most one automatic link to a row.
 */
export function decidePairs(
  pairs: CandidatePairs,
  bits: Float64Array,
  contradicts: (pair: number) => boolean,
  sizes: { readonly left: number; readonly right: number; readonly sameFile: boolean },
  rule: DecisionRule,
): readonly DecidedPair[] {
  const left = rivals(pairs.left, bits, sizes.left);
  const right = rivals(pairs.right, bits, sizes.right);
  const decided: DecidedPair[] = [];
  for (let pair = 0; pair < pairs.count; pair++) {
    const [i, j, own] = [pairs.left[pair] ?? 0, pairs.right[pair] ?? 0, bits[pair] ?? 0];
    const others = sizes.sameFile ? 0 : otherOdds(left, i, own) + otherOdds(right, j, own);
    const score = 2 ** own / (1 + 2 ** own + others);
    if (score < rule.reportFrom) continue;
    const doubts: LinkDoubt[] = contradicts(pair) ? ['contradiction'] : [];
    const margin = own - Math.max(runnerUp(left, i, own), runnerUp(right, j, own));
    if (!sizes.sameFile && margin < rule.marginBits) doubts.push('close-candidate');
    decided.push({ pair, score, decision: decisionFor(score, doubts, rule), doubts });
  }
  return decided;
}

function decisionFor(score: number, doubts: readonly LinkDoubt[], rule: DecisionRule): LinkDecision {
  if (score >= rule.autoFrom && doubts.length === 0) return 'auto';
  return score >= rule.reviewFrom ? 'review' : 'reject';
}

/** Odds of a row's other candidates together. */
function otherOdds(found: Rivals, row: number, own: number): number {
  return Math.max(0, (found.odds[row] ?? 0) - 2 ** own);
}

/**
 * What no score makes up for: NIN different beyond a slip, full birth dates more than ten years apart, or given names
 * with nothing in common, since twins agree on everything else.
 */
export function contradictionFinder(
  layout: SlotLayout,
  patterns: readonly Pattern[],
  patternOf: Int32Array,
): (pair: number) => boolean {
  const position = (name: string): number => layout.fields.findIndex((field) => field.name === name);
  const [numberAt, dateAt, givenAt] = [position('national_id'), position('date_of_birth'), position('given_names')];
  return (pair) => {
    const levels = patterns[patternOf[pair] ?? 0]?.levels;
    return (
      levels?.[numberAt] === NUMBER_LEVEL.different ||
      levels?.[dateAt] === DATE_LEVEL.far ||
      levels?.[givenAt] === NAME_LEVEL.different
    );
  };
}

function rivals(rows: Uint32Array, bits: Float64Array, size: number): Rivals {
  const found: Rivals = {
    odds: new Float64Array(size),
    best: new Float64Array(size).fill(-Infinity),
    second: new Float64Array(size).fill(-Infinity),
  };
  rows.forEach((row, pair) => {
    const own = bits[pair] ?? 0;
    found.odds[row] = (found.odds[row] ?? 0) + 2 ** own;
    const best = found.best[row] ?? 0;
    if (own > best) {
      found.second[row] = best;
      found.best[row] = own;
    } else if (own > (found.second[row] ?? 0)) found.second[row] = own;
  });
  return found;
}

/** Best other candidate of a row. */
function runnerUp(found: Rivals, row: number, own: number): number {
  const best = found.best[row] ?? -Infinity;
  return own < best ? best : (found.second[row] ?? -Infinity);
}
