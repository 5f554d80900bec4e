import type { CandidatePairs } from './pair-store.ts';
import { DATE_LEVEL } from './date-levels.ts';
import { exclusiveScores } from './exclusive-scores.ts';
import type { DecisionRule } from './linkage-policy.ts';
import { NAME_LEVEL } from './name-levels.ts';
import type { Pattern } from './pattern-book.ts';
import { NUMBER_LEVEL } from './text-levels.ts';
import type { SlotLayout } from './slot-layout.ts';

export type LinkDecision = 'auto' | 'review' | 'reject';

/** Why a pair that scores well is nevertheless for a person to see. */
export type LinkDoubt = 'close-candidate' | 'contradiction' | 'one-of-several' | 'through-others';

/** A scored pair and what to do about it. */
export interface DecidedPair {
  readonly pair: number;
  readonly score: number;
  readonly decision: LinkDecision;
  readonly doubts: readonly LinkDoubt[];
}

interface Rivals {
  readonly best: Float64Array;
  readonly second: Float64Array;
}

/**
 * Turns scores into probabilities and decisions, in the order of the pairs. Between two files the candidates of a row
 * exclude each other (`exclusiveScores`); inside one file they do not: a person may be there three times. A row has at
 * most one automatic link to the right: between files the margin sees to that, inside one file the best is kept, so that
 * copies are a chain.
 */
export function decidePairs(
  pairs: CandidatePairs,
  bits: Float64Array,
  contradicts: (pair: number) => boolean,
  sizes: { readonly left: number; readonly right: number; readonly sameFile: boolean },
  rule: DecisionRule,
): readonly DecidedPair[] {
  const scores = sizes.sameFile
    ? Float64Array.from(bits, (own) => 1 / (1 + 2 ** -own))
    : exclusiveScores(pairs, bits, { ...sizes, repeatedShare: rule.repeatedShare });
  const left = rivals(pairs.left, bits, sizes.left);
  const right = rivals(pairs.right, bits, sizes.right);
  const decided: DecidedPair[] = [];
  for (let pair = 0; pair < pairs.count; pair++) {
    const score = scores[pair] ?? 0;
    if (score < rule.reportFrom) continue;
    const [i, j, own] = [pairs.left[pair] ?? 0, pairs.right[pair] ?? 0, bits[pair] ?? 0];
    const doubts: LinkDoubt[] = contradicts(pair) ? ['contradiction'] : [];
    const margin = own - Math.max(runnerUp(left, i, own), runnerUp(right, j, own));
    if (!sizes.sameFile && margin < rule.marginBits) doubts.push('close-candidate');
    decided.push({ pair, score, decision: decisionFor(score, doubts, rule), doubts });
  }
  return sizes.sameFile ? oneLinkEach(decided, pairs, bits) : decided;
}

/** Of a row's automatic links to later rows only the best stays; the others go to review. */
function oneLinkEach(
  decided: readonly DecidedPair[],
  pairs: CandidatePairs,
  bits: Float64Array,
): readonly DecidedPair[] {
  const best = new Map<number, number>();
  for (const { pair, decision } of decided) {
    if (decision !== 'auto') continue;
    const row = pairs.left[pair] ?? 0;
    const other = best.get(row);
    if (other === undefined || (bits[pair] ?? 0) > (bits[other] ?? 0)) best.set(row, pair);
  }
  return decided.map((one) =>
    one.decision === 'auto' && best.get(pairs.left[one.pair] ?? 0) !== one.pair
      ? { ...one, decision: 'review', doubts: ['one-of-several'] }
      : one,
  );
}

function decisionFor(score: number, doubts: readonly LinkDoubt[], rule: DecisionRule): LinkDecision {
  if (score >= rule.autoFrom && doubts.length === 0) return 'auto';
  return score >= rule.reviewFrom ? 'review' : 'reject';
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
    best: new Float64Array(size).fill(-Infinity),
    second: new Float64Array(size).fill(-Infinity),
  };
  rows.forEach((row, pair) => {
    const own = bits[pair] ?? 0;
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
