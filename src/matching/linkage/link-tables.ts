import type { NameLexicon } from '../name-lexicon.ts';
import { drawBlindPairs } from './blind-pairs.ts';
import { findCandidates } from './candidates.ts';
import type { CandidatePairs } from './candidates.ts';
import { contradictionFinder, decidePairs } from './decide-pairs.ts';
import type { LinkDecision, LinkDoubt } from './decide-pairs.ts';
import type { LinkagePolicy } from './linkage-policy.ts';
import { sharedFields } from './linkage-table.ts';
import type { LinkageTable, ValuePools } from './linkage-table.ts';
import { pairComparer } from './pair-comparer.ts';
import type { PairComparer } from './pair-comparer.ts';
import { pairScorer } from './pair-scorer.ts';
import type { FieldEvidence } from './pair-scorer.ts';
import { PatternBook } from './pattern-book.ts';
import type { Pattern } from './pattern-book.ts';
import { slotLayout } from './slot-layout.ts';
import { learnThreeClasses } from './three-class-model.ts';
import type { Observations } from './three-class-model.ts';

/** What a linkage works with. */
export interface LinkageKnowledge {
  readonly lexicon: NameLexicon;
  readonly policy: LinkagePolicy;
  readonly pools: ValuePools;
}

/** Two rows that may be one person. */
export interface LinkedPair {
  readonly leftId: string;
  readonly rightId: string;
  /** Probability that they are, 0–1. */
  readonly score: number;
  readonly decision: LinkDecision;
  readonly doubts: readonly LinkDoubt[];
  readonly evidence: readonly FieldEvidence[];
  /** Bits that no field gives: how rare true pairs are, and how much a relative would explain. */
  readonly priorBits: number;
}

/** People who are in both files. Deterministic: the same files and policy give the same pairs. */
export function linkTables(
  left: LinkageTable,
  right: LinkageTable,
  knowledge: LinkageKnowledge,
): readonly LinkedPair[] {
  return link(left, right, knowledge);
}

/** People who are several times in one file; each pair once, the earlier row on the left. */
export function findDuplicates(table: LinkageTable, knowledge: LinkageKnowledge): readonly LinkedPair[] {
  return link(table, table, knowledge);
}

function link(left: LinkageTable, right: LinkageTable, knowledge: LinkageKnowledge): readonly LinkedPair[] {
  const { lexicon, policy, pools } = knowledge;
  const fields = sharedFields(left, right);
  const pairs = findCandidates(left, right, pools);
  if (pairs.count === 0) return [];
  const compare = pairComparer(fields, left, right, pools, lexicon);
  const layout = slotLayout(fields);
  const book = new PatternBook(layout);
  const patternOf = countPatterns(book, pairs, compare, fields.length);
  const blind = blindPatterns(new PatternBook(layout), left, right, compare, fields.length);
  const model = learnThreeClasses(layout, observations(left, right, book.patterns, blind), policy);
  const scorer = pairScorer(model, pairs, book.patterns, patternOf, [left, right], policy.namesakeShare);
  const { slope, intercept } = policy.calibration;
  const bits = Float64Array.from({ length: pairs.count }, (_, pair) => slope * scorer.bits(pair) + intercept);
  const contradicts = contradictionFinder(layout, book.patterns, patternOf);
  const sizes = { left: left.ids.length, right: right.ids.length, sameFile: left === right };
  return decidePairs(pairs, bits, contradicts, sizes, policy.decision).map(({ pair, score, decision, doubts }) => {
    const evidence = scorer.evidence(pair);
    return {
      leftId: left.ids[pairs.left[pair] ?? 0] ?? '',
      rightId: right.ids[pairs.right[pair] ?? 0] ?? '',
      score,
      decision,
      doubts,
      evidence,
      priorBits: evidence.reduce((rest, field) => rest - field.bits, bits[pair] ?? 0),
    };
  });
}

function observations(
  left: LinkageTable,
  right: LinkageTable,
  candidates: readonly Pattern[],
  blind: readonly Pattern[],
): Observations {
  const [leftSize, rightSize] = [left.ids.length, right.ids.length];
  const sameFile = left === right;
  return {
    candidates,
    blind,
    allPairs: sameFile ? (leftSize * (leftSize - 1)) / 2 : leftSize * rightSize,
    rows: Math.min(leftSize, rightSize),
    sameFile,
  };
}

function countPatterns(book: PatternBook, pairs: CandidatePairs, compare: PairComparer, fields: number): Int32Array {
  const patternOf = new Int32Array(pairs.count);
  const levels = new Uint8Array(fields);
  for (let pair = 0; pair < pairs.count; pair++) {
    compare(pairs.left[pair] ?? 0, pairs.right[pair] ?? 0, levels);
    patternOf[pair] = book.add(levels);
  }
  return patternOf;
}

function blindPatterns(
  book: PatternBook,
  left: LinkageTable,
  right: LinkageTable,
  compare: PairComparer,
  fields: number,
): readonly Pattern[] {
  const levels = new Uint8Array(fields);
  drawBlindPairs(left.ids.length, right.ids.length, left === right, (i, j) => {
    compare(i, j, levels);
    book.add(levels);
  });
  return book.patterns;
}
