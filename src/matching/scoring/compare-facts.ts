import { comparableNumber } from '../../domain/paper-number.ts';
import { withoutPlaceholder } from '../compare-dates.ts';
import { compareIdentity, type IdentityKnowledge } from '../compare-identity.ts';
import { compareMother } from '../compare-parents.ts';
import { atMostOneEdit } from '../edit-distance.ts';
import { equalityLevel, type FieldLevel, type IdentityComparison, type IdentityField } from '../identity-comparison.ts';
import { asMember, asRecord, type PersonFacts } from './person-facts.ts';
import { placeLevel } from './place-level.ts';

/** What is compared beside the fields of the rule. `reference`: of the RNU person, on an existing cover. */
export type ScoredFieldName = IdentityField | 'act-number' | 'reference' | 'place' | 'household';

export interface FactLevel {
  readonly field: ScoredFieldName;
  readonly left: string;
  readonly right: string;
  readonly level: FieldLevel;
  /** The name whose commonness counts, of each side; empty for what is no name. */
  readonly names: readonly string[];
}

/** Fields that the rule does not compare. */
export const OTHER_FIELDS = ['place', 'reference', 'household', 'act-number'] as const;
export type OtherField = (typeof OTHER_FIELDS)[number];

/** Two people's facts compared: the rule's verdict, and the level of everything that either side gives. */
export interface ComparedFacts {
  readonly comparison: IdentityComparison;
  readonly levels: readonly FactLevel[];
  /** The mother's family name, which the rule only lets weaken the given names'. */
  readonly motherFamily: Pick<FactLevel, 'level' | 'names'>;
}

/** `reachedByNumber`: the second was found under a number of the first's papers. */
export function compareFacts(
  left: PersonFacts,
  right: PersonFacts,
  knowledge: IdentityKnowledge,
  reachedByNumber: boolean,
): ComparedFacts {
  const [member, record] = [asMember(left), asRecord(right, knowledge.lexicon)];
  const mother = compareMother(member, record, knowledge.lexicon);
  const comparison = compareIdentity(member, record, knowledge, reachedByNumber, mother);
  // A member's parent is one text; the record's two fields tell which part of it is the given name.
  const parentNames: Readonly<Partial<Record<IdentityField, readonly string[]>>> = {
    father: [record.fatherGivenNames ?? ''],
    mother: [record.motherGivenNames ?? ''],
  };
  const levels = comparison.certificate.map(({ field, left: own, right: other, level }) => ({
    field,
    left: own,
    right: other,
    level: field === 'mother' ? mother.given.level : level,
    names: parentNames[field] ?? [own, other],
  }));
  const motherFamily = { level: mother.family.level, names: [record.motherFamilyName ?? ''] };
  return { comparison, levels: [...levels, ...otherLevels(left, right)], motherFamily };
}

function otherLevels(left: PersonFacts, right: PersonFacts): readonly FactLevel[] {
  return OTHER_FIELDS.map((field) => ({
    field,
    left: valueOf(field, left) ?? '',
    right: valueOf(field, right) ?? '',
    level: otherLevel(field, left, right),
    names: [],
  }));
}

/** How a field that the rule does not compare does. */
export function otherLevel(field: OtherField, left: PersonFacts, right: PersonFacts): FieldLevel {
  const [own, other] = [valueOf(field, left), valueOf(field, right)];
  if (field === 'place') return placeLevel(own, other);
  return field === 'act-number' ? actNumberLevel(own, other) : equalityLevel(own, other);
}

function valueOf(
  field: OtherField,
  { birthPlace, commune, reference, household, actNumber }: PersonFacts,
): string | null {
  switch (field) {
    case 'place':
      return birthPlace ?? commune;
    case 'reference':
      return reference;
    case 'household':
      return household;
    case 'act-number':
      return actNumber;
  }
}

function actNumberLevel(left: string | null, right: string | null): FieldLevel {
  if (!left || !right) return 'missing';
  const [a, b] = [comparableNumber(left), comparableNumber(right)];
  if (a === '' || b === '') return 'missing';
  if (a === b) return 'equal';
  return atMostOneEdit(a, b) ? 'slip' : 'different';
}

/** Precision at which two births are compared, as the weights' tables name it; null when a year is unknown. */
export function birthPrecision(
  left: PersonFacts,
  right: PersonFacts,
  { rule }: Pick<IdentityKnowledge, 'rule'>,
): 'day' | 'month' | 'year' | 'about' | null {
  const [a, b] = [left.birth, right.birth].map((birth) => withoutPlaceholder(birth, rule));
  if (a === undefined || b === undefined || a.year === null || b.year === null) return null;
  if (a.precision === 'about' || b.precision === 'about') return 'about';
  if (a.month === null || b.month === null) return 'year';
  return a.day === null || b.day === null ? 'month' : 'day';
}
