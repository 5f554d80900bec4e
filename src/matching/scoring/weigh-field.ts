import type { Sex } from '../../domain/person.ts';
import type { IdentityKnowledge } from '../compare-identity.ts';
import type { FieldLevel } from '../identity-comparison.ts';
import type { NameKind } from '../name-lexicon.ts';
import { birthPrecision, type ComparedFacts, type FactLevel, type ScoredFieldName } from './compare-facts.ts';
import type { IdentityWeights } from './identity-weights.ts';
import type { NameShares } from './name-shares.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Route } from './route.ts';
import { evidenceOf, NO_EVIDENCE, plainEvidenceOf, together, type Evidence } from './weigh-level.ts';

/** What scoring works with; all of it comes from versioned files. */
export interface ScoringKnowledge extends IdentityKnowledge {
  readonly weights: IdentityWeights;
  readonly shares: NameShares;
}

/** The number that led to the record says nothing more: the route's prior already counts it. */
const COUNTED_BY_ROUTE: Readonly<Partial<Record<Route, ScoredFieldName>>> = {
  'national-id': 'national-id',
  'act-number': 'act-number',
};

/** Bits of one person, and of a relative, before any field is compared: how the second record came up. */
export function priorOf(route: Route, { routes }: Pick<IdentityWeights, 'routes'>): Evidence {
  const { records, same, family } = routes[route];
  const stranger = records - same - family;
  return { same: Math.log2(same / stranger), family: Math.log2(family / stranger) };
}

/** A number of their papers led from the one to the other. */
export function countsNumber(route: Route): boolean {
  return COUNTED_BY_ROUTE[route] !== undefined;
}

/** Two people and what they are weighed with. */
export interface Pair {
  readonly left: PersonFacts;
  readonly right: PersonFacts;
  readonly route: Route;
  readonly knowledge: ScoringKnowledge;
}

/** Evidence of one field, and the share of people who bear the name; null for what is no name. */
export interface Weighed {
  readonly evidence: Evidence;
  readonly share: number | null;
}

/** What a compared field says. */
export function weighField(fact: FactLevel, compared: ComparedFacts, pair: Pair): Weighed {
  const { field } = fact;
  switch (field) {
    case 'family-name':
      return weighName(fact, 'family-name', 'family', null, pair);
    case 'given-names':
      return weighName(fact, 'given-names', 'given', sexOf(pair), pair);
    case 'father':
      return weighName(fact, 'father', 'given', 'M', pair);
    case 'mother': {
      const given = weighName(fact, 'mother', 'given', 'F', pair);
      const lineage = weighName(compared.motherFamily, 'family-name', 'family', null, pair);
      return { evidence: together(given.evidence, lineage.evidence), share: given.share };
    }
    case 'sex':
    case 'birth':
    case 'national-id':
    case 'act-number':
    case 'reference':
    case 'place':
    case 'household':
      return { evidence: plainEvidence(field, fact.level, pair), share: null };
  }
}

/** Fields whose level says all, however rare their value. */
export type PlainField = Exclude<ScoredFieldName, 'family-name' | 'given-names' | 'father' | 'mother'>;

/** What the level of such a field says. */
export function plainEvidence(field: PlainField, level: FieldLevel, pair: Pair): Evidence {
  const { route, knowledge } = pair;
  if (level === 'missing' || COUNTED_BY_ROUTE[route] === field) return NO_EVIDENCE;
  return plainEvidenceOf(level, knowledge.weights.tables.get(tableName(field, pair)));
}

function tableName(field: PlainField, { left, right, route, knowledge }: Pair): string {
  if (field === 'household') return HOUSEHOLD_TABLES[route] ?? '';
  if (field !== 'birth') return field;
  const precision = birthPrecision(left, right, knowledge);
  return precision === null ? '' : BIRTH_TABLES[precision];
}

const BIRTH_TABLES = { day: 'birth.day', month: 'birth.month', year: 'birth.year', about: 'birth.about' } as const;
const HOUSEHOLD_TABLES: Readonly<Partial<Record<Route, string>>> = {
  'same-batch': 'household.same-batch',
  'earlier-batch': 'household.earlier-batch',
};

/** Given names are rare or common among people of one sex. */
export function sexOf({ left, right }: Pick<Pair, 'left' | 'right'>): Sex | null {
  return left.sex ?? right.sex;
}

/** A name that agrees is worth what it is rare, by the commoner of its two sides. */
function weighName(
  { level, names }: Pick<FactLevel, 'level' | 'names'>,
  path: string,
  kind: NameKind,
  sex: Sex | null,
  { knowledge }: Pair,
): Weighed {
  if (level === 'missing') return { evidence: NO_EVIDENCE, share: null };
  const { weights, shares } = knowledge;
  const share = Math.max(...names.map((name) => shares.shareOf(kind, name, sex)));
  const table = weights.tables.get(path);
  return { evidence: evidenceOf(level, table, rarityOf(kind, share, knowledge), weights.names.namesakeShare), share };
}

/** A share over the usual one of its kind. */
export function rarityOf(kind: NameKind, share: number, { weights }: Pick<ScoringKnowledge, 'weights'>): number {
  return share / (kind === 'family' ? weights.names.typicalFamilyName : weights.names.typicalGivenName);
}
