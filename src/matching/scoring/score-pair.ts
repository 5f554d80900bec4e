/**
 * One record beside one person, as a sum of evidence. Three explanations compete: the same person, a member of the same
 * family, a stranger. Each field has, under each of them, a written-down probability of the level that was found; its
 * bits are log₂ of how much likelier that level is for the same person than for a stranger. Relatives share family
 * name, parents and place, so what they explain as well is taken off again in one term:
 *
 *   bits = prior of the route + Σ bits of the fields − log₂(1 + how much likelier a relative is than a stranger)
 *   probability = 2^bits / (1 + 2^bits)
 *
 * Pure: no clock, no randomness; the same facts, route and files always give the same sum.
 */
import type { FieldLevel, IdentityComparison } from '../identity-comparison.ts';
import { compareFacts, type ScoredFieldName } from './compare-facts.ts';
import { findContradictions, type Contradiction } from './contradictions.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Route } from './route.ts';
import { countsNumber, priorOf, weighField, type ScoringKnowledge } from './weigh-field.ts';

export type { ScoringKnowledge } from './weigh-field.ts';

/** One field of a scored pair: both values as received. Holds personal data. */
export interface ScoredField {
  readonly field: ScoredFieldName;
  readonly left: string;
  readonly right: string;
  readonly level: FieldLevel;
  /** For "same person" against a stranger; 0 where nothing was compared or the route counted it already. */
  readonly bits: number;
  /** Share of people who bear the name; null for what is no name. */
  readonly share: number | null;
}

/** A pair's score and all it rests on. */
export interface ScoredPair {
  readonly route: Route;
  readonly fields: readonly ScoredField[];
  readonly priorBits: number;
  /** What a relative explains as well, 0 or less. */
  readonly familyBits: number;
  /** Prior, fields and family together. */
  readonly bits: number;
  /** Of being one person, this record alone considered; `rankCandidates` weighs it against others. */
  readonly probability: number;
  readonly contradictions: readonly Contradiction[];
  /** What the rule says of the same two. */
  readonly comparison: IdentityComparison;
  readonly weightsVersion: string;
}

/** Beyond this a sum says nothing more. */
const MOST_BITS = 60;

/** Scores two people's facts. Symmetric but for the roles of `fields`' sides. */
export function scorePair(
  left: PersonFacts,
  right: PersonFacts,
  route: Route,
  knowledge: ScoringKnowledge,
): ScoredPair {
  const { weights } = knowledge;
  const compared = compareFacts(left, right, knowledge, countsNumber(route));
  const weighed = compared.levels.map((fact) => ({
    fact,
    ...weighField(fact, compared, { left, right, route, knowledge }),
  }));
  const prior = priorOf(route, weights);
  const priorBits = prior.same;
  const relative = weighed.reduce((sum, { evidence }) => sum + evidence.family, prior.family);
  const familyBits = -log2OnePlus(relative);
  const sum = weighed.reduce((total, { evidence }) => total + evidence.same, priorBits) + familyBits;
  const bits = Math.max(-MOST_BITS, Math.min(MOST_BITS, sum));
  return {
    route,
    fields: weighed.map(({ fact: { field, left: own, right: other, level }, evidence, share }) => ({
      field,
      left: own,
      right: other,
      level,
      bits: evidence.same,
      share,
    })),
    priorBits,
    familyBits,
    bits,
    probability: 1 / (1 + 2 ** -bits),
    contradictions: findContradictions(left, right, compared),
    comparison: compared.comparison,
    weightsVersion: weights.version,
  };
}

/** log₂(1 + 2^x) without overflow. */
function log2OnePlus(x: number): number {
  return x > 50 ? x : Math.log2(1 + 2 ** x);
}
