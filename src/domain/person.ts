import type { PartialDate } from './partial-date.ts';

export type Sex = 'M' | 'F';

/** Relationship to the head of household as the RNU form codes it (question I3). */
export const RELATIONSHIPS = {
  1: 'head',
  2: 'spouse',
  3: 'child',
  4: 'parent',
  5: 'sibling',
  6: 'nephew-niece',
  7: 'grandparent',
  8: 'parent-in-law',
  9: 'child-in-law',
  10: 'grandchild',
  11: 'other-relative',
  12: 'domestic-worker',
  13: 'unrelated',
} as const;

export type RelationshipCode = keyof typeof RELATIONSHIPS;

/** Answer to "inscrit à l'état civil ?" (question I9). */
export type CivilRegistration = 'yes' | 'no' | 'unknown';

/**
 * A member of a household as the RNU describes them. Names are one string, first names first. Identifiers are opaque
 * text exactly as received: a lost zero is the registry's to mend, not ours to guess.
 */
export interface HouseholdMember {
  /** `<household key>/<member number>`: the business identity of a person over all batches. */
  readonly ref: string;
  readonly memberNumber: number;
  readonly fullName: string;
  readonly nickname: string | null;
  readonly relationship: RelationshipCode | null;
  readonly sex: Sex | null;
  readonly birth: PartialDate;
  readonly nationalId: string | null;
  readonly civilRegistration: CivilRegistration;
  readonly birthExtractNumber: string | null;
  /** Full names where the household's own lines give them. */
  readonly fatherName: string | null;
  readonly motherName: string | null;
}

/** A household as the RNU describes it. Localities are the sender's text; `gazetteer.ts` recognises them. */
export interface Household {
  /** As received. */
  readonly ref: string;
  /** Trimmed, spaces collapsed, none around a dash, upper case: the comparison key, never cut or padded. */
  readonly refKey: string;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly grantManager: number | null;
  readonly deputyGrantManager: number | null;
}
