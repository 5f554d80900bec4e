import { compareFullName } from './compare-full-name.ts';
import type { FullNameResult, RegistryName } from './compare-full-name.ts';
import { fieldComparison } from './identity-comparison.ts';
import type { FieldComparison, MemberIdentity, RegistryIdentity } from './identity-comparison.ts';
import type { NameLexicon } from './name-lexicon.ts';

/** Compares the father, and adds the mother as compared; a parent that either side does not give is `missing`. */
export function compareParents(
  member: MemberIdentity,
  record: RegistryIdentity,
  mother: FullNameResult,
  lexicon: NameLexicon,
): readonly FieldComparison[] {
  const fatherName = member.fatherName ?? '';
  const father = { familyName: '', givenNames: record.fatherGivenNames ?? '' };
  return [
    parentField('father', fatherName, father, compareFullName(fatherName, null, father, lexicon)),
    parentField('mother', member.motherName ?? '', recordedMother(record), mother),
  ];
}

/** The mother's two names apart, which the rule takes together. */
export function compareMother(member: MemberIdentity, record: RegistryIdentity, lexicon: NameLexicon): FullNameResult {
  return compareFullName(member.motherName ?? '', null, recordedMother(record), lexicon);
}

function recordedMother(record: RegistryIdentity): RegistryName {
  return { familyName: record.motherFamilyName ?? '', givenNames: record.motherGivenNames ?? '' };
}

function parentField(
  field: 'father' | 'mother',
  fullName: string,
  recorded: RegistryName,
  { family, given }: FullNameResult,
): FieldComparison {
  const right = `${recorded.givenNames} ${recorded.familyName}`.trim();
  // Given names tell parents apart; the family name, which a whole lineage shares, can only weaken the agreement.
  const weakened = given.agrees === 'yes' && (family.agrees === 'no' || family.agrees === 'partly');
  return weakened
    ? fieldComparison(field, fullName, right, 'overlap', 'partly')
    : fieldComparison(field, fullName, right, given.level, given.agrees);
}
