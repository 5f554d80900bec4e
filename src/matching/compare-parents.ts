import { compareFullName } from './compare-full-name.ts';
import type { RegistryName } from './compare-full-name.ts';
import type { FieldComparison, MemberIdentity, RegistryIdentity } from './identity-comparison.ts';
import type { NameLexicon } from './name-lexicon.ts';

/** Compares father and mother; a parent that either side does not give is `missing`. */
export function compareParents(
  member: MemberIdentity,
  record: RegistryIdentity,
  lexicon: NameLexicon,
): readonly FieldComparison[] {
  const father = { familyName: '', givenNames: record.fatherGivenNames ?? '' };
  const mother = { familyName: record.motherFamilyName ?? '', givenNames: record.motherGivenNames ?? '' };
  return [
    compareParent('father', member.fatherName ?? '', father, lexicon),
    compareParent('mother', member.motherName ?? '', mother, lexicon),
  ];
}

function compareParent(
  field: 'father' | 'mother',
  fullName: string,
  recorded: RegistryName,
  lexicon: NameLexicon,
): FieldComparison {
  const { family, given } = compareFullName(fullName, null, recorded, lexicon);
  const values = { field, left: fullName, right: `${recorded.givenNames} ${recorded.familyName}`.trim() };
  // Given names tell parents apart; the family name, which a whole lineage shares, can only weaken the agreement.
  const weakened = given.agrees === 'yes' && (family.agrees === 'no' || family.agrees === 'partly');
  return weakened
    ? { ...values, level: 'overlap', agrees: 'partly' }
    : { ...values, level: given.level, agrees: given.agrees };
}
