import { formatPartialDate } from '../domain/partial-date.ts';
import type { Sex } from '../domain/person.ts';
import { compareDates } from './compare-dates.ts';
import type { DateLevel } from './compare-dates.ts';
import { compareFullName } from './compare-full-name.ts';
import { compareMother, compareParents } from './compare-parents.ts';
import { decideIdentity } from './decide-identity.ts';
import { atMostOneEdit } from './edit-distance.ts';
import { fieldComparison } from './identity-comparison.ts';
import type {
  Agreement,
  FieldComparison,
  FieldLevel,
  IdentityComparison,
  MemberIdentity,
  RegistryIdentity,
} from './identity-comparison.ts';
import type { IdentityRule, NationalIdSettings } from './identity-rule.ts';
import { MATCH_RULE_VERSION } from './match-rule-version.ts';
import type { NameLexicon } from './name-lexicon.ts';
import { checkNationalId } from './national-id.ts';
import { writtenName } from './normalise-name.ts';

/** What a comparison works with; both come from versioned files. */
export interface IdentityKnowledge {
  readonly lexicon: NameLexicon;
  readonly rule: IdentityRule;
}

/**
 * Compares a person of the RNU with one record of a registry. Pure: the same two records, lexicon and rule always give
 * the same verdict. Says nothing of other candidates: several `same` are for the caller to treat as a doubt.
 * `reachedByNumber`: the record was found under a number of the person's papers. `mother`: where she has been compared.
 */
export function compareIdentity(
  member: MemberIdentity,
  record: RegistryIdentity,
  { lexicon, rule }: IdentityKnowledge,
  reachedByNumber = false,
  mother = compareMother(member, record, lexicon),
): IdentityComparison {
  const certificate = [
    ...compareOwnName(member, record, lexicon),
    compareSex(member.sex, record.sex),
    compareBirth(member, record, rule),
    compareNationalId(member.nationalId, record.nationalId ?? null, rule.nationalId),
    ...compareParents(member, record, mother, lexicon),
  ];
  return {
    ...decideIdentity(certificate, reachedByNumber),
    certificate,
    ruleVersion: MATCH_RULE_VERSION,
    lexiconVersion: lexicon.version,
  };
}

function compareOwnName(
  member: MemberIdentity,
  record: RegistryIdentity,
  lexicon: NameLexicon,
): readonly FieldComparison[] {
  const { family, given } = compareFullName(member.fullName, member.nickname, record, lexicon);
  return [
    fieldComparison('family-name', writtenName(family.words), record.familyName, family.level, family.agrees),
    fieldComparison('given-names', writtenName(given.words), record.givenNames, given.level, given.agrees),
  ];
}

function compareSex(left: Sex | null, right: Sex | null): FieldComparison {
  const compared = (level: FieldLevel, agrees: Agreement): FieldComparison =>
    fieldComparison('sex', left ?? '', right ?? '', level, agrees);
  if (left === null || right === null) return compared('missing', 'missing');
  return left === right ? compared('equal', 'yes') : compared('different', 'no');
}

const DATE_AGREEMENT: Readonly<Record<DateLevel, Agreement>> = {
  'equal-day': 'yes',
  'equal-month': 'yes',
  'equal-year': 'yes',
  about: 'partly',
  slip: 'partly',
  'two-slips': 'partly',
  'same-year': 'partly',
  'near-year': 'partly',
  further: 'no',
  missing: 'missing',
};

function compareBirth(member: MemberIdentity, record: RegistryIdentity, rule: IdentityRule): FieldComparison {
  const level = compareDates(member.birth, record.birth, rule);
  const [left, right] = [formatPartialDate(member.birth), formatPartialDate(record.birth)];
  return fieldComparison('birth', left, right, level, DATE_AGREEMENT[level]);
}

function compareNationalId(
  received: string | null,
  recorded: string | null,
  settings: NationalIdSettings,
): FieldComparison {
  const compared = (level: FieldLevel, agrees: Agreement): FieldComparison =>
    fieldComparison('national-id', received ?? '', recorded ?? '', level, agrees);
  const [left, right] = [checkNationalId(received, settings), checkNationalId(recorded, settings)];
  if (left.status === 'ABSENT_OU_FACTICE' || right.status === 'ABSENT_OU_FACTICE')
    return compared('missing', 'missing');
  if (left.status !== 'FORMAT_VALIDE' || right.status !== 'FORMAT_VALIDE') return compared('unusable', 'missing');
  if (left.normalised === right.normalised) return compared('equal', 'yes');
  return atMostOneEdit(left.normalised, right.normalised) ? compared('slip', 'partly') : compared('different', 'no');
}
