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
import type { Sex } from '../../domain/person.ts';
import type { IdentityKnowledge } from '../compare-identity.ts';
import type { FieldLevel, IdentityComparison } from '../identity-comparison.ts';
import type { NameKind } from '../name-lexicon.ts';
import {
  compareFacts,
  birthPrecision,
  type ComparedFacts,
  type FactLevel,
  type ScoredFieldName,
} from './compare-facts.ts';
import { findContradictions, type Contradiction } from './contradictions.ts';
import type { IdentityWeights } from './identity-weights.ts';
import type { LevelWeights } from './level-weights.ts';
import type { NameShares } from './name-shares.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Route } from './route.ts';
import { evidenceOf, NO_EVIDENCE, together, type Evidence } from './weigh-level.ts';

/** What scoring works with; all of it comes from versioned files. */
export interface ScoringKnowledge extends IdentityKnowledge {
  readonly weights: IdentityWeights;
  readonly shares: NameShares;
}

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

/** The number that led to the record says nothing more: the route's prior already counts it. */
const COUNTED_BY_ROUTE: Readonly<Partial<Record<Route, ScoredFieldName>>> = {
  'national-id': 'national-id',
  'act-number': 'act-number',
};

/** Scores two people's facts. Symmetric but for the roles of `fields`' sides. */
export function scorePair(
  left: PersonFacts,
  right: PersonFacts,
  route: Route,
  knowledge: ScoringKnowledge,
): ScoredPair {
  const { weights } = knowledge;
  const compared = compareFacts(left, right, knowledge, COUNTED_BY_ROUTE[route] !== undefined);
  const weighed = compared.levels.map((fact) => ({
    fact,
    ...weigh(fact, compared, { left, right, route, knowledge }),
  }));
  const prior = weights.routes[route];
  const stranger = prior.records - prior.same - prior.family;
  const priorBits = Math.log2(prior.same / stranger);
  const relative = weighed.reduce((sum, { evidence }) => sum + evidence.family, Math.log2(prior.family / stranger));
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

interface Pair {
  readonly left: PersonFacts;
  readonly right: PersonFacts;
  readonly route: Route;
  readonly knowledge: ScoringKnowledge;
}

interface Weighed {
  readonly evidence: Evidence;
  readonly share: number | null;
}

function weigh(fact: FactLevel, compared: ComparedFacts, pair: Pair): Weighed {
  const { route, knowledge } = pair;
  if (COUNTED_BY_ROUTE[route] === fact.field) return { evidence: NO_EVIDENCE, share: null };
  const plain = (path: string): Weighed => ({
    evidence: evidenceOf(fact.level, tableOf(path, pair), 1, 0),
    share: null,
  });
  switch (fact.field) {
    case 'family-name':
      return weighName(fact, 'family-name', 'family', null, pair);
    case 'given-names':
      return weighName(fact, 'given-names', 'given', pair.left.sex ?? pair.right.sex, pair);
    case 'father':
      return weighName(fact, 'father', 'given', 'M', pair);
    case 'mother': {
      const given = weighName(fact, 'mother', 'given', 'F', pair);
      const lineage = weighName(compared.motherFamily, 'family-name', 'family', null, pair);
      return { evidence: together(given.evidence, lineage.evidence), share: given.share };
    }
    case 'birth':
      return plain(`birth.${birthPrecision(pair.left, pair.right, knowledge)}`);
    case 'household':
      return plain(`household.${route}`);
    case 'sex':
    case 'national-id':
    case 'act-number':
    case 'reference':
    case 'place':
      return plain(fact.field);
  }
}

/** A name that agrees is worth what it is rare, by the commoner of its two sides. */
function weighName(
  { level, names }: Pick<FactLevel, 'level' | 'names'>,
  path: string,
  kind: NameKind,
  sex: Sex | null,
  { knowledge: { weights, shares } }: Pair,
): Weighed {
  if (level === 'missing') return { evidence: NO_EVIDENCE, share: null };
  const share = Math.max(...names.map((name) => shares.shareOf(kind, name, sex)));
  const typical = kind === 'family' ? weights.names.typicalFamilyName : weights.names.typicalGivenName;
  const rarity = share / typical;
  return { evidence: evidenceOf(level, weights.tables.get(path), rarity, weights.names.namesakeShare), share };
}

function tableOf(path: string, { knowledge }: Pair): LevelWeights | undefined {
  return knowledge.weights.tables.get(path);
}

/** log₂(1 + 2^x) without overflow. */
function log2OnePlus(x: number): number {
  return x > 50 ? x : Math.log2(1 + 2 ** x);
}
