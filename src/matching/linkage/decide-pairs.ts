import type { CandidatePairs } from './candidates.ts';
import { DATE_LEVEL } from './date-levels.ts';
import type { DecisionRule } from './linkage-policy.ts';
import type { Pattern } from './pattern-book.ts';
import { NUMBER_LEVEL } from './text-levels.ts';
import type { SlotLayout } from './slot-layout.ts';

export type LinkDecision = 'auto' | 'review' | 'reject';

/** Why a pair that scores well is nevertheless for a person to see. */
export type LinkDoubt = 'close-candidate' | 'contradiction' | 'second-auto';

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
  const taken = new Set<number>();
  for (let pair = 0; pair < pairs.count; pair++) {
    const [i, j, own] = [pairs.left[pair] ?? 0, pairs.right[pair] ?? 0, bits[pair] ?? 0];
    const odds = 2 ** own;
    const others = sizes.sameFile
      ? 0
      : Math.max(0, (left.odds[i] ?? 0) - odds) + Math.max(0, (right.odds[j] ?? 0) - odds);
    const score = odds / (1 + odds + others);
    if (score < rule.reportFrom) continue;
    const doubts: LinkDoubt[] = [];
    if (contradicts(pair)) doubts.push('contradiction');
    const margin = own - Math.max(runnerUp(left, i, own), runnerUp(right, j, own));
    if (!sizes.sameFile && margin < rule.marginBits) doubts.push('close-candidate');
    const isAuto = score >= rule.autoFrom && doubts.length === 0;
    if (isAuto && !sizes.sameFile && taken.has(i)) doubts.push('second-auto');
    if (isAuto) taken.add(i);
    const decision = isAuto && doubts.length === 0 ? 'auto' : score >= rule.reviewFrom ? 'review' : 'reject';
    decided.push({ pair, score, decision, doubts });
  }
  return decided;
}

/** NIN different beyond a slip, or full birth dates more than ten years apart. */
export function contradictionFinder(
  layout: SlotLayout,
  patterns: readonly Pattern[],
  patternOf: Int32Array,
): (pair: number) => boolean {
  const numberAt = layout.fields.findIndex((field) => field.name === 'national_id');
  const dateAt = layout.fields.findIndex((field) => field.name === 'date_of_birth');
  return (pair) => {
    const levels = patterns[patternOf[pair] ?? 0]?.levels;
    return levels?.[numberAt] === NUMBER_LEVEL.different || levels?.[dateAt] === DATE_LEVEL.far;
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
