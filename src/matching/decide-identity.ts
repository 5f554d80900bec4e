import type {
  Agreement,
  ConfirmingField,
  FieldComparison,
  IdentityField,
  IdentityReason,
  IdentityVerdict,
} from './identity-comparison.ts';

/** Verdict and reasons; `reasons` is empty exactly when the verdict is `same`. */
export interface IdentityDecision {
  readonly verdict: IdentityVerdict;
  readonly reasons: readonly IdentityReason[];
  readonly confirmedBy: readonly ConfirmingField[];
}

const CONFIRMING_FIELDS: readonly ConfirmingField[] = ['national-id', 'father', 'mother'];

const REASON_OF_FIELD: readonly (readonly [IdentityField, IdentityReason])[] = [
  ['family-name', 'NOM_DIVERGENT'],
  ['given-names', 'PRENOM_DIVERGENT'],
  ['sex', 'SEXE_DIVERGENT'],
  ['birth', 'NAISSANCE_DIVERGENTE'],
  ['father', 'FILIATION_DIVERGENTE'],
  ['mother', 'FILIATION_DIVERGENTE'],
  ['national-id', 'NIN_AUTRE_PERSONNE'],
];

/**
 * The rule `identity-1`, described in docs/matching.md. `same` only when family name, first given name and birth
 * agree, nothing contradicts, and a bare year of birth is confirmed by the NIN or a parent. A number or a parent never
 * makes up for a name: brothers share parents, and a relative's number is a common slip.
 */
export function decideIdentity(certificate: readonly FieldComparison[]): IdentityDecision {
  const fields = new Map(certificate.map((line) => [line.field, line]));
  const agrees = (field: IdentityField): Agreement => fields.get(field)?.agrees ?? 'missing';
  const confirmedBy = CONFIRMING_FIELDS.filter((field) => agrees(field) === 'yes');
  const isConfirmed = confirmedBy.length > 0;
  if (isAnotherPerson(agrees, isConfirmed))
    return { verdict: 'different', reasons: reasonsFor(agrees, false), confirmedBy };
  const birth = fields.get('birth');
  const birthAgrees = agrees('birth') === 'yes' || (birth?.level === 'about' && agrees('national-id') === 'yes');
  const namesAgree = agrees('family-name') === 'yes' && agreedGivenNames(fields, agrees);
  const contradicted = (['sex', 'national-id', 'father', 'mother'] as const).some((field) => agrees(field) === 'no');
  const told = birth?.level !== 'equal-year' || isConfirmed;
  if (namesAgree && birthAgrees && !contradicted && told) return { verdict: 'same', reasons: [], confirmedBy };
  return { verdict: 'doubt', reasons: reasonsFor(agrees, true), confirmedBy };
}

type AgreementOf = (field: IdentityField) => Agreement;

/**
 * Given names that only sound alike may be two children of one home, but not two born in one month: with a parent or the
 * number agreeing they are one person's.
 */
function agreedGivenNames(fields: ReadonlyMap<IdentityField, FieldComparison>, agrees: AgreementOf): boolean {
  const birth = fields.get('birth')?.level;
  if (birth === 'about') return agrees('given-names') === 'yes' && isPlain(fields, 'given-names');
  if (agrees('given-names') === 'yes') return true;
  const isBornThen = birth === 'equal-day' || birth === 'equal-month';
  const hasParent = agrees('father') === 'yes' || agrees('mother') === 'yes';
  const soundsAlike = fields.get('given-names')?.level === 'sound';
  return soundsAlike && (agrees('national-id') === 'yes' || (hasParent && isBornThen));
}

function isPlain(fields: ReadonlyMap<IdentityField, FieldComparison>, field: IdentityField): boolean {
  const level = fields.get(field)?.level;
  return level === 'exact' || level === 'spelling';
}

/** One plain disagreement may be an error in a paper when a parent or the number agrees; a given name's needs the number. */
function isAnotherPerson(agrees: AgreementOf, isConfirmed: boolean): boolean {
  const disagreeing = (['family-name', 'given-names', 'birth'] as const).filter((field) => agrees(field) === 'no');
  if (disagreeing.length === 0) return false;
  if (disagreeing.length > 1) return true;
  return disagreeing[0] === 'given-names' ? agrees('national-id') !== 'yes' : !isConfirmed;
}

function reasonsFor(agrees: AgreementOf, withHomonyms: boolean): readonly IdentityReason[] {
  const reasons = new Set<IdentityReason>();
  for (const [field, reason] of REASON_OF_FIELD) {
    const isParentOrNumber = field === 'father' || field === 'mother' || field === 'national-id';
    const disagrees = agrees(field) === 'no' || (agrees(field) === 'partly' && !isParentOrNumber);
    if (disagrees) reasons.add(reason);
  }
  if (reasons.size === 0 && withHomonyms) reasons.add('HOMONYMES');
  return [...reasons];
}
