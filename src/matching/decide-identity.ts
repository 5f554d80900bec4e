import type {
  Agreement,
  ConfirmingField,
  FieldComparison,
  FieldLevel,
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
 * The rule `identity-2`, described in docs/matching.md. `same` only when family name, given names and birth agree,
 * nothing contradicts, and a bare year of birth is confirmed by a number or a parent. A number or a parent never makes
 * up for a name that differs: brothers share parents, and a relative's number is a common slip. It does make up for one
 * name that agrees only weakly, since a relative of nearly that name is not born in the same month as well.
 * `reachedByNumber`: the record was found under a number of the person's papers, which counts like an equal NIN.
 */
export function decideIdentity(certificate: readonly FieldComparison[], reachedByNumber = false): IdentityDecision {
  const fields = new Map(certificate.map((line) => [line.field, line]));
  const agrees = (field: IdentityField): Agreement => fields.get(field)?.agrees ?? 'missing';
  const confirmedBy = CONFIRMING_FIELDS.filter((field) => agrees(field) === 'yes');
  const byNumber = reachedByNumber || agrees('national-id') === 'yes';
  if (isAnotherPerson(agrees, confirmedBy.length > 0))
    return { verdict: 'different', reasons: reasonsFor(agrees, false), confirmedBy };
  const birth = fields.get('birth')?.level;
  const birthAgrees = agrees('birth') === 'yes' || (birth === 'about' && byNumber);
  const confirmation = { byNumber, byParent: agrees('father') === 'yes' || agrees('mother') === 'yes' };
  const contradicted = (['sex', 'national-id', 'father', 'mother'] as const).some((field) => agrees(field) === 'no');
  const told = birth !== 'equal-year' || byNumber || confirmedBy.length > 0;
  if (namesAgree(fields, confirmation) && birthAgrees && !contradicted && told)
    return { verdict: 'same', reasons: [], confirmedBy };
  return { verdict: 'doubt', reasons: reasonsFor(agrees, true), confirmedBy };
}

type AgreementOf = (field: IdentityField) => Agreement;
type Fields = ReadonlyMap<IdentityField, FieldComparison>;

interface Confirmation {
  readonly byNumber: boolean;
  readonly byParent: boolean;
}

/** Given names that one person bears now and then: more or fewer of them, a short form, a nickname, another spelling. */
const WEAK_GIVEN: readonly FieldLevel[] = ['contained', 'usage', 'sound', 'nickname'];
/** What a clerk's pen does to a name; told from another person's name only by number and birth month together. */
const SLIPPED: readonly FieldLevel[] = ['near', 'married-name', 'contained'];
const PLAIN: readonly FieldLevel[] = ['exact', 'spelling'];

/** Both names agree, or one of them weakly with a confirmation, or both once exchanged. */
function namesAgree(fields: Fields, { byNumber, byParent }: Confirmation): boolean {
  const [family, given, birth] = [fields.get('family-name'), fields.get('given-names'), fields.get('birth')?.level];
  if (!family || !given) return false;
  if (birth === 'about') return family.agrees === 'yes' && given.agrees === 'yes' && PLAIN.includes(given.level);
  const bornThen = birth === 'equal-day' || birth === 'equal-month';
  const [familyAgrees, givenAgrees] = [family.agrees === 'yes', given.agrees === 'yes'];
  if (familyAgrees && givenAgrees) return true;
  if (familyAgrees && WEAK_GIVEN.includes(given.level)) return byNumber || (byParent && bornThen);
  if (!byNumber || !bornThen) return false;
  if (familyAgrees) return given.level === 'near';
  return givenAgrees ? SLIPPED.includes(family.level) : family.level === 'swapped' && given.level === 'swapped';
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
