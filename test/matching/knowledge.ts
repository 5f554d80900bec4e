import { readFileSync } from 'node:fs';

import { aboutYear, parsePartialDate, UNKNOWN_DATE } from '../../src/domain/partial-date.ts';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import { compareIdentity } from '../../src/matching/compare-identity.ts';
import type { IdentityComparison, MemberIdentity, RegistryIdentity } from '../../src/matching/identity-comparison.ts';
import { parseIdentityRule } from '../../src/matching/identity-rule.ts';
import { buildNameLexicon } from '../../src/matching/name-lexicon.ts';
import type { NameFiles } from '../../src/matching/name-lexicon.ts';

const read = (name: string): string => readFileSync(new URL(`../../config/names/${name}`, import.meta.url), 'utf8');

/** The files the product ships with. */
export const nameFiles: NameFiles = {
  familyNames: read('family-names.csv'),
  givenNames: read('given-names.csv'),
  titles: read('titles.csv'),
  abbreviations: read('abbreviations.csv'),
  lookAlikes: read('look-alikes.csv'),
};

export const lexicon = buildNameLexicon(nameFiles);
export const rule = parseIdentityRule(read('identity-rule.json'));

/** A birth date as a test writes it: `1987-03`, `~1962`, empty. */
export function birth(text: string): PartialDate {
  if (text === '') return UNKNOWN_DATE;
  return text.startsWith('~') ? aboutYear(Number(text.slice(1))) : parsePartialDate(text);
}

type Given<T> = Partial<Omit<T, 'birth'>> & { birth?: string };

export function member(fullName: string, given: Given<MemberIdentity> = {}): MemberIdentity {
  return {
    nickname: null,
    sex: 'F',
    nationalId: null,
    fatherName: null,
    motherName: null,
    ...given,
    fullName,
    birth: birth(given.birth ?? '1987-03'),
  };
}

export function record(givenNames: string, familyName: string, given: Given<RegistryIdentity> = {}): RegistryIdentity {
  return { sex: 'F', ...given, givenNames, familyName, birth: birth(given.birth ?? '1987-03-14') };
}

export function compare(left: MemberIdentity, right: RegistryIdentity): IdentityComparison {
  return compareIdentity(left, right, { lexicon, rule });
}
