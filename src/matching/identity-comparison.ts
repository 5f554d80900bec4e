import type { PartialDate } from '../domain/partial-date.ts';
import type { HouseholdMember, Sex } from '../domain/person.ts';
import type { DateLevel } from './compare-dates.ts';
import type { NameLevel } from './compare-names.ts';

/** What the RNU says of a person, as far as identity goes. */
export type MemberIdentity = Pick<
  HouseholdMember,
  'fullName' | 'nickname' | 'sex' | 'birth' | 'nationalId' | 'fatherName' | 'motherName'
>;

/** What a registry says of a person. A birth record, a card holder and an existing cover all are one. */
export interface RegistryIdentity {
  readonly familyName: string;
  readonly givenNames: string;
  readonly sex: Sex | null;
  readonly birth: PartialDate;
  readonly nationalId?: string | null;
  readonly fatherGivenNames?: string | null;
  readonly motherGivenNames?: string | null;
  readonly motherFamilyName?: string | null;
}

export type IdentityField = 'family-name' | 'given-names' | 'sex' | 'birth' | 'national-id' | 'father' | 'mother';

/** `swapped`: agrees only if family and given names were exchanged. `married-name`, `nickname`: known otherwise. */
export type FieldLevel =
  NameLevel | DateLevel | 'swapped' | 'married-name' | 'nickname' | 'equal' | 'slip' | 'unusable';

/** How two values compare that agree or do not; `missing` when either is unknown. */
export function equalityLevel(left: string | null, right: string | null): 'equal' | 'different' | 'missing' {
  if (left === null || right === null) return 'missing';
  return left === right ? 'equal' : 'different';
}

export type Agreement = 'yes' | 'partly' | 'no' | 'missing';

/** One line of the certificate: both values as they were received, and how they compare. Holds personal data. */
export interface FieldComparison {
  readonly field: IdentityField;
  readonly left: string;
  readonly right: string;
  readonly level: FieldLevel;
  readonly agrees: Agreement;
}

/** One line. All are made here, so that they are objects of one shape, which the engine reads and copies fastest. */
export function fieldComparison(
  field: IdentityField,
  left: string,
  right: string,
  level: FieldLevel,
  agrees: Agreement,
): FieldComparison {
  return { field, left, right, level, agrees };
}

/** Why two identities are not plainly one. `HOMONYMES`: nothing contradicts, too little confirms. */
export type IdentityReason =
  | 'NOM_DIVERGENT'
  | 'PRENOM_DIVERGENT'
  | 'SEXE_DIVERGENT'
  | 'NAISSANCE_DIVERGENTE'
  | 'FILIATION_DIVERGENTE'
  | 'NIN_AUTRE_PERSONNE'
  | 'HOMONYMES';

/** Fields that homonyms do not share. */
export type ConfirmingField = Extract<IdentityField, 'national-id' | 'father' | 'mother'>;

/** `different` closes nothing for the person: this record is another one's, no more. */
export type IdentityVerdict = 'same' | 'doubt' | 'different';

/** The verdict on a pair and all it rests on. `reasons` is empty exactly when the verdict is `same`. */
export interface IdentityComparison {
  readonly verdict: IdentityVerdict;
  readonly reasons: readonly IdentityReason[];
  /** What speaks for this person beyond name, sex and birth, which homonyms share. Empty: a homonym is possible. */
  readonly confirmedBy: readonly ConfirmingField[];
  readonly certificate: readonly FieldComparison[];
  readonly ruleVersion: string;
  readonly lexiconVersion: string;
}
