import { formatPartialDate } from '../domain/partial-date.ts';
import type { Sex } from '../domain/person.ts';
import { compareDates } from './compare-dates.ts';
import type { DateLevel } from './compare-dates.ts';
import { compareFullName } from './compare-full-name.ts';
import { compareMother, compareParents } from './compare-parents.ts';
import { decideIdentity } from './decide-identity.ts';
import { atMostOneEdit } from './edit-distance.ts';
import { equalityLevel, fieldComparison } from './identity-comparison.ts';
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

const SEX_AGREEMENT = { equal: 'yes', different: 'no', missing: 'missing' } as const;

function compareSex(left: Sex | null, right: Sex | null): FieldComparison {
  const level = equalityLevel(left, right);
  return fieldComparison('sex', left ?? '', right ?? '', level, SEX_AGREEMENT[level]);
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

/** How two national numbers compare; a filler is no number, and one of the wrong form says nothing. */
export function nationalIdLevel(
  received: string | null,
  recorded: string | null,
  settings: NationalIdSettings,
): 'equal' | 'slip' | 'different' | 'unusable' | 'missing' {
  const [left, right] = [checkNationalId(received, settings), checkNationalId(recorded, settings)];
  if (left.status === 'ABSENT_OU_FACTICE' || right.status === 'ABSENT_OU_FACTICE') return 'missing';
  if (left.status !== 'FORMAT_VALIDE' || right.status !== 'FORMAT_VALIDE') return 'unusable';
  if (left.normalised === right.normalised) return 'equal';
  return atMostOneEdit(left.normalised, right.normalised) ? 'slip' : 'different';
}

const NUMBER_AGREEMENT = {
  equal: 'yes',
  slip: 'partly',
  different: 'no',
  unusable: 'missing',
  missing: 'missing',
} as const;

function compareNationalId(
  received: string | null,
  recorded: string | null,
  settings: NationalIdSettings,
): FieldComparison {
  const level = nationalIdLevel(received, recorded, settings);
  return fieldComparison('national-id', received ?? '', recorded ?? '', level, NUMBER_AGREEMENT[level]);
}
