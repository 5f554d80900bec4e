import type { NameLexicon } from '../name-lexicon.ts';
import { findCandidates } from './candidates.ts';
import { contradictionFinder, decidePairs } from './decide-pairs.ts';
import type { DecidedPair, LinkDecision, LinkDoubt } from './decide-pairs.ts';
import { impliedPairs } from './close-links.ts';
import type { ImpliedPair } from './close-links.ts';
import { fittingPolicy } from './linkage-mode.ts';
import type { LinkagePolicies } from './linkage-mode.ts';
import { sharedFields } from './linkage-table.ts';
import type { LinkageTable, ValuePools } from './linkage-table.ts';
import { withoutCrowds } from './crowds.ts';
import { comparePairs, compareStrangers } from './compare-pairs.ts';
import { pairComparer } from './pair-comparer.ts';
import type { CandidatePairs } from './pair-store.ts';
import { pairScorer } from './pair-scorer.ts';
import type { FieldEvidence } from './pair-scorer.ts';
import { likelyPairs } from './likely-pairs.ts';
import { PatternBook } from './pattern-book.ts';
import type { Pattern } from './pattern-book.ts';
import { slotLayout } from './slot-layout.ts';
import { learnThreeClasses } from './three-class-model.ts';
import type { Observations } from './three-class-model.ts';

/** What a linkage works with. */
export interface LinkageKnowledge extends LinkagePolicies {
  readonly lexicon: NameLexicon;
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
  /**
   * Bits that no field gives: how rare true pairs are, how much a relative would explain, and what the other candidates
   * of both rows say. With the evidence they add up to the score.
   */
  readonly priorBits: number;
}

/** A job's outcome. Pairs are made one at a time, so that a large answer is never in memory whole. */
export interface Linkage {
  /** Pairs that were compared. */
  readonly candidates: number;
  readonly decided: Readonly<Record<LinkDecision, number>>;
  /** Rows of one file that repeat an earlier row in every value but the id. */
  readonly identical: number;
  /** The pairs worth reporting, ordered by left row then right row. */
  pairs(): Iterable<LinkedPair>;
}

/** People who are in both files. Deterministic: the same files and policy give the same pairs. */
export function linkTables(
  left: LinkageTable,
  right: LinkageTable,
  knowledge: LinkageKnowledge,
): readonly LinkedPair[] {
  return [...link(left, right, knowledge).pairs()];
}

/** People who are several times in one file; each pair once, the earlier row on the left. */
export function findDuplicates(table: LinkageTable, knowledge: LinkageKnowledge): readonly LinkedPair[] {
  return [...link(table, table, knowledge).pairs()];
}

/** What a job is doing, for whoever watches it. */
export type LinkageStage = 'candidates' | 'comparison' | 'scores';

/** Told how far a stage is. */
export type LinkageWatcher = (stage: LinkageStage, done: number, total: number) => void;

/**
 * Links two tables, or one with itself when both are the same. Deterministic. Every pair is compared and counted, the
 * model learns from the counts, and only pairs that may still be reported are kept for the decision.
 */
export function link(
  left: LinkageTable,
  right: LinkageTable,
  knowledge: LinkageKnowledge,
  watch: LinkageWatcher = () => undefined,
): Linkage {
  const { lexicon, pools } = knowledge;
  const policy = fittingPolicy(knowledge, left === right ? [left] : [left, right], pools, lexicon);
  const fields = sharedFields(left, right);
  const candidates = findCandidates(left, right, pools, (done, total) => watch('candidates', done, total));
  if (candidates.count === 0) return NOTHING_FOUND;
  const compare = pairComparer(fields, left, right, pools, lexicon);
  const layout = slotLayout(fields);
  const book = new PatternBook(layout);
  const patternOf = comparePairs(candidates, compare, book, fields.length, (done, total) =>
    watch('comparison', done, total),
  );
  const strangers = new PatternBook(layout);
  const learnt = tablesToLearnFrom(left, right);
  const isWhole = learnt[0] === left && learnt[1] === right;
  const compareLearnt = isWhole ? compare : pairComparer(fields, ...learnt, pools, lexicon);
  compareStrangers(...learnt, compareLearnt, strangers, fields.length);
  const model = learnThreeClasses(layout, observations(left, right, book.patterns, strangers.patterns), policy);
  const scorer = pairScorer(model, book.patterns, { rows: [left, right], learnt }, pools, policy);
  const likely = likelyPairs(candidates, patternOf, scorer, policy.calibration, (done, total) =>
    watch('scores', done, total),
  );
  const { pairs } = likely;
  const contradicts = contradictionFinder(layout, book.patterns, likely.patternOf);
  const sizes = { left: left.ids.length, right: right.ids.length, sameFile: left === right };
  const decisions = decidePairs(pairs, likely.bits, contradicts, sizes, policy.decision);
  const implied = sizes.sameFile ? impliedPairs(decisions, pairs, sizes.left, policy.closure) : [];
  const all = withImplied(decisions, pairs, implied);
  const described = ({ pair, leftRow, rightRow, score, decision, doubts }: ReportedPair): LinkedPair => {
    const evidence = pair === null ? [] : scorer.evidence(leftRow, rightRow, likely.patternOf[pair] ?? 0);
    return {
      leftId: left.ids.at(leftRow),
      rightId: right.ids.at(rightRow),
      score,
      decision,
      doubts,
      evidence,
      priorBits: evidence.reduce((rest, field) => rest - field.bits, oddsBits(score)),
    };
  };
  return {
    candidates: candidates.count,
    identical: candidates.identical,
    decided: countOf(all()),
    pairs: () => eachOf(all(), described),
  };
}

function tablesToLearnFrom(left: LinkageTable, right: LinkageTable): readonly [LinkageTable, LinkageTable] {
  const once = withoutCrowds(left);
  return [once, left === right ? once : withoutCrowds(right)];
}

/** A pair of the answer; `pair` is null where the two rows were not compared. */
interface ReportedPair {
  readonly pair: number | null;
  readonly leftRow: number;
  readonly rightRow: number;
  readonly score: number;
  readonly decision: LinkDecision;
  readonly doubts: readonly LinkDoubt[];
}

/** Decided and implied pairs in one order; where both speak of a pair, the implied score is the higher one. */
function withImplied(
  decisions: readonly DecidedPair[],
  pairs: CandidatePairs,
  implied: readonly ImpliedPair[],
): () => Iterable<ReportedPair> {
  const sorted = [...implied].sort((a, b) => a.left - b.left || a.right - b.right);
  const fromImplied = ({ left, right, score }: ImpliedPair, pair: number | null): ReportedPair => ({
    pair,
    leftRow: left,
    rightRow: right,
    score,
    decision: 'review',
    doubts: ['through-others'],
  });
  return function* () {
    let at = 0;
    for (const decided of decisions) {
      const [leftRow, rightRow] = [pairs.left[decided.pair] ?? 0, pairs.right[decided.pair] ?? 0];
      let next = sorted[at];
      while (next && (next.left < leftRow || (next.left === leftRow && next.right < rightRow))) {
        yield fromImplied(next, null);
        next = sorted[++at];
      }
      if (next?.left === leftRow && next.right === rightRow) {
        yield fromImplied(next, decided.pair);
        at++;
      } else yield { ...decided, leftRow, rightRow };
    }
    for (const rest of sorted.slice(at)) yield fromImplied(rest, null);
  };
}

/** log₂ odds of a probability, finite for one that rounding made 1. */
function oddsBits(score: number): number {
  return Math.log2(score / Math.max(1 - score, 2 ** -50));
}

const NOTHING_FOUND: Linkage = {
  candidates: 0,
  decided: { auto: 0, review: 0, reject: 0 },
  identical: 0,
  pairs: () => [],
};

function countOf(decisions: Iterable<ReportedPair>): Record<LinkDecision, number> {
  const decided = { auto: 0, review: 0, reject: 0 };
  for (const { decision } of decisions) decided[decision]++;
  return decided;
}

function* eachOf<From, To>(items: Iterable<From>, to: (item: From) => To): Generator<To> {
  for (const item of items) yield to(item);
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
