import { withoutPlaceholder } from '../compare-dates.ts';
import { compareIdentity, type IdentityKnowledge } from '../compare-identity.ts';
import { compareMother } from '../compare-parents.ts';
import { atMostOneEdit } from '../edit-distance.ts';
import type { FieldLevel, IdentityComparison, IdentityField } from '../identity-comparison.ts';
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
  const [leftPlace, rightPlace] = [left.birthPlace ?? left.commune, right.birthPlace ?? right.commune];
  const place = placeLevel(leftPlace, rightPlace);
  return [
    { field: 'place', left: leftPlace ?? '', right: rightPlace ?? '', level: place, names: [] },
    equality('reference', left.reference, right.reference),
    equality('household', left.household, right.household),
    actNumber(left.actNumber, right.actNumber),
  ];
}

function equality(field: 'reference' | 'household', left: string | null, right: string | null): FactLevel {
  const level = left === null || right === null ? 'missing' : left === right ? 'equal' : 'different';
  return { field, left: left ?? '', right: right ?? '', level, names: [] };
}

function actNumber(left: string | null, right: string | null): FactLevel {
  const values = { field: 'act-number', left: left ?? '', right: right ?? '', names: [] } as const;
  const [a, b] = [left, right].map((number) => (number ?? '').replace(/[^0-9A-Za-z]/g, '').toUpperCase());
  if (!a || !b) return { ...values, level: 'missing' };
  return { ...values, level: a === b ? 'equal' : atMostOneEdit(a, b) ? 'slip' : 'different' };
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
