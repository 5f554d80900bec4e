import { formatPartialDate } from '../domain/partial-date.ts';
import type { Sex } from '../domain/person.ts';
import { compareDates } from './compare-dates.ts';
import type { DateLevel } from './compare-dates.ts';
import { compareFullName } from './compare-full-name.ts';
import { compareParents } from './compare-parents.ts';
import { decideIdentity } from './decide-identity.ts';
import { atMostOneEdit } from './edit-distance.ts';
import type {
  Agreement,
  FieldComparison,
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
 * `reachedByNumber`: the record was found under a number of the person's papers.
 */
export function compareIdentity(
  member: MemberIdentity,
  record: RegistryIdentity,
  { lexicon, rule }: IdentityKnowledge,
  reachedByNumber = false,
): IdentityComparison {
  const certificate = [
    ...compareOwnName(member, record, lexicon),
    compareSex(member.sex, record.sex),
    compareBirth(member, record, rule),
    compareNationalId(member.nationalId, record.nationalId ?? null, rule.nationalId),
    ...compareParents(member, record, lexicon),
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
    {
      field: 'family-name',
      left: writtenName(family.words),
      right: record.familyName,
      level: family.level,
      agrees: family.agrees,
    },
    {
      field: 'given-names',
      left: writtenName(given.words),
      right: record.givenNames,
      level: given.level,
      agrees: given.agrees,
    },
  ];
}

function compareSex(left: Sex | null, right: Sex | null): FieldComparison {
  const values = { field: 'sex', left: left ?? '', right: right ?? '' } as const;
  if (left === null || right === null) return { ...values, level: 'missing', agrees: 'missing' };
  return left === right
    ? { ...values, level: 'equal', agrees: 'yes' }
    : { ...values, level: 'different', agrees: 'no' };
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
  return { field: 'birth', left, right, level, agrees: DATE_AGREEMENT[level] };
}

function compareNationalId(
  received: string | null,
  recorded: string | null,
  settings: NationalIdSettings,
): FieldComparison {
  const values = { field: 'national-id', left: received ?? '', right: recorded ?? '' } as const;
  const [left, right] = [checkNationalId(received, settings), checkNationalId(recorded, settings)];
  if (left.status === 'ABSENT_OU_FACTICE' || right.status === 'ABSENT_OU_FACTICE')
    return { ...values, level: 'missing', agrees: 'missing' };
  if (left.status !== 'FORMAT_VALIDE' || right.status !== 'FORMAT_VALIDE')
    return { ...values, level: 'unusable', agrees: 'missing' };
  if (left.normalised === right.normalised) return { ...values, level: 'equal', agrees: 'yes' };
  return atMostOneEdit(left.normalised, right.normalised)
    ? { ...values, level: 'slip', agrees: 'partly' }
    : { ...values, level: 'different', agrees: 'no' };
}
