import type { PartialDate } from '../../domain/partial-date.ts';
import type { BirthRecord, ExistingCover, IdCardRecord } from '../../domain/partners.ts';
import type { Household, HouseholdMember, Sex } from '../../domain/person.ts';
import type { MemberIdentity, RegistryIdentity } from '../identity-comparison.ts';
import type { NameLexicon } from '../name-lexicon.ts';
import { writtenName } from '../normalise-name.ts';
import { splitFullName } from '../split-full-name.ts';

/** A name as its source writes it: one text, first names first, or two fields. */
export type WrittenName = { readonly fullName: string } | { readonly familyName: string; readonly givenNames: string };

/** What one source says of one person; null where it says nothing. Holds personal data. */
export interface PersonFacts {
  readonly name: WrittenName;
  readonly nickname: string | null;
  readonly sex: Sex | null;
  readonly birth: PartialDate;
  readonly birthPlace: string | null;
  /** Commune of residence: most people of poor households are born where they live, so it stands in for a birthplace. */
  readonly commune: string | null;
  readonly nationalId: string | null;
  /** Number of the birth extract. */
  readonly actNumber: string | null;
  readonly father: WrittenName | null;
  readonly mother: WrittenName | null;
  /** Comparison key of the household. */
  readonly household: string | null;
  /** RNU reference of the person. */
  readonly reference: string | null;
}

/** Facts of a line of the RNU. `household` is left out where only the person matters. */
export function memberFacts(member: HouseholdMember, household?: Pick<Household, 'refKey' | 'commune'>): PersonFacts {
  return {
    name: { fullName: member.fullName },
    nickname: member.nickname,
    sex: member.sex,
    birth: member.birth,
    birthPlace: null,
    commune: household?.commune ?? null,
    nationalId: member.nationalId,
    actNumber: member.birthExtractNumber,
    father: member.fatherName === null ? null : { fullName: member.fatherName },
    mother: member.motherName === null ? null : { fullName: member.motherName },
    household: household?.refKey ?? null,
    reference: member.ref,
  };
}

/** Facts of a card holder, a birth record or an existing cover. */
export function recordFacts(record: IdCardRecord | BirthRecord | ExistingCover): PersonFacts {
  const act = 'recordKey' in record ? record : null;
  return {
    name: { familyName: record.familyName, givenNames: record.givenNames },
    nickname: null,
    sex: record.sex,
    birth: record.birth,
    birthPlace: 'birthPlace' in record ? record.birthPlace : null,
    commune: null,
    nationalId: record.nationalId,
    actNumber: null,
    father: parent('', act?.fatherGivenNames ?? null),
    mother: parent(act?.motherFamilyName ?? '', act?.motherGivenNames ?? null),
    household: null,
    reference: 'personRef' in record ? record.personRef : null,
  };
}

/** As the rule takes the person who is looked for: names in one text. */
export function asMember(facts: PersonFacts): MemberIdentity {
  return {
    fullName: fullText(facts.name),
    nickname: facts.nickname,
    sex: facts.sex,
    birth: facts.birth,
    nationalId: facts.nationalId,
    fatherName: facts.father && fullText(facts.father),
    motherName: facts.mother && fullText(facts.mother),
  };
}

/** As the rule takes the record found: names in two fields, a full name read as its writer most likely meant it. */
export function asRecord(facts: PersonFacts, lexicon: NameLexicon): RegistryIdentity {
  const inTwo = (name: WrittenName | null): ReturnType<typeof nameInTwoFields> | null =>
    name && nameInTwoFields(name, lexicon);
  const [father, mother] = [inTwo(facts.father), inTwo(facts.mother)];
  return {
    ...nameInTwoFields(facts.name, lexicon),
    sex: facts.sex,
    birth: facts.birth,
    nationalId: facts.nationalId,
    fatherGivenNames: father?.givenNames ?? null,
    motherGivenNames: mother?.givenNames ?? null,
    motherFamilyName: mother?.familyName ?? null,
  };
}

function parent(familyName: string, givenNames: string | null): WrittenName | null {
  return givenNames === null ? null : { familyName, givenNames };
}

function fullText(name: WrittenName): string {
  return 'fullName' in name ? name.fullName : `${name.givenNames} ${name.familyName}`.trim();
}

/** A name in two fields; a full name read as its writer most likely meant it. */
export function nameInTwoFields(
  name: WrittenName,
  lexicon: NameLexicon,
): { readonly familyName: string; readonly givenNames: string } {
  if (!('fullName' in name)) return name;
  const { readings } = splitFullName(name.fullName, lexicon);
  const reading = readings.find(({ order, evident }) => order === 'family-first' && evident) ?? readings[0];
  if (reading === undefined) return { familyName: '', givenNames: name.fullName };
  return { familyName: writtenName(reading.familyName), givenNames: writtenName(reading.givenNames) };
}
