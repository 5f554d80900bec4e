import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { MemberIdentity, RegistryIdentity } from '../../src/matching/identity-comparison.ts';
import { MATCH_RULE_VERSION } from '../../src/matching/match-rule-version.ts';
import { compare, lexicon, member, record } from './knowledge.ts';

const NIN = '2619198700123';
const OTHER_NIN = '2720199100456';
const PARENTS = { fatherName: 'Moussa Ndiaye', motherName: 'Awa Diop' };
const RECORDED_PARENTS = { fatherGivenNames: 'Moussa', motherGivenNames: 'Awa', motherFamilyName: 'Diop' };

type Case = readonly [about: string, left: MemberIdentity, right: RegistryIdentity];

const verdictOf = ([, left, right]: Case): string => {
  const { verdict, reasons } = compare(left, right);
  return [verdict, ...reasons].join(' ');
};

const SAME: readonly Case[] = [
  ['everything equal', member('Fatou Ndiaye'), record('Fatou', 'NDIAYE')],
  ['another spelling', member("Fatou N'Diaye"), record('FATU', 'NJIE')],
  ['accents and damaged text', member('AÃ¯ssatou Gueye'), record('Aïssatou', 'Guèye')],
  ['a second name on one side', member('Fatou Ndiaye'), record('Fatou Kiné', 'NDIAYE')],
  ['a title on one side', member('El Hadji Malick Sy', { sex: 'M' }), record('Malick', 'SY', { sex: 'M' })],
  ['a title in another spelling', member('Elhadj Malick Sy'), record('El Hadji Malick', 'SY')],
  ['plainly inverted order', member('NDIAYE Fatou'), record('Fatou', 'NDIAYE')],
  ['her own name on papers, the husband named beside', member('Fatou Ndiaye épouse Fall'), record('Fatou', 'NDIAYE')],
  ['a nickname beside', member('Mamadou Ndiaye dit Baye'), record('Mamadou', 'NDIAYE')],
  ['sex not recorded', member('Fatou Ndiaye', { sex: null }), record('Fatou', 'NDIAYE')],
  [
    'a year only, confirmed by the number',
    member('Fatou Ndiaye', { birth: '1987', nationalId: NIN }),
    record('Fatou', 'NDIAYE', { nationalId: NIN }),
  ],
  [
    'a year only, confirmed by a parent',
    member('Fatou Ndiaye', { birth: '1987', ...PARENTS }),
    record('Fatou', 'NDIAYE', { ...RECORDED_PARENTS }),
  ],
  [
    'an approximate year, confirmed by the number',
    member('Fatou Ndiaye', { birth: '~1985', nationalId: NIN }),
    record('Fatou', 'NDIAYE', { nationalId: NIN }),
  ],
  [
    'an unknown spelling of the same sound, with the number',
    member('Khoudoss Ndiaye', { nationalId: NIN }),
    record('Khoudos', 'NDIAYE', { nationalId: NIN }),
  ],
];

const SOUNDS_ALIKE: readonly (readonly [string, string, string])[] = [
  ['1987-03', 'Awa', 'same'],
  ['1987', 'Awa', 'doubt PRENOM_DIVERGENT'],
  ['1987-03', '', 'doubt PRENOM_DIVERGENT'],
];

const DOUBT: readonly (readonly [...Case, string])[] = [
  [
    'a year of birth alone, nothing else to tell homonyms apart',
    member('Fatou Ndiaye', { birth: '1987' }),
    record('Fatou', 'NDIAYE'),
    'HOMONYMES',
  ],
  ['01/01 is a year', member('Fatou Ndiaye', { birth: '1987-01-01' }), record('Fatou', 'NDIAYE'), 'HOMONYMES'],
  ['no birth date at all', member('Fatou Ndiaye', { birth: '' }), record('Fatou', 'NDIAYE'), 'HOMONYMES'],
  [
    'an approximate year without the number',
    member('Fatou Ndiaye', { birth: '~1985' }),
    record('Fatou', 'NDIAYE'),
    'NAISSANCE_DIVERGENTE',
  ],
  [
    'an approximate year and a name more',
    member('Fatou Ndiaye', { birth: '~1985', nationalId: NIN }),
    record('Fatou Kiné', 'NDIAYE', { nationalId: NIN }),
    'NAISSANCE_DIVERGENTE',
  ],
  ['a short form: Modou, Mamadou', member('Modou Ndiaye'), record('Mamadou', 'NDIAYE'), 'PRENOM_DIVERGENT'],
  ['Fatou, Fatou Bintou', member('Fatou Ndiaye'), record('Fatou Bintou', 'NDIAYE'), 'PRENOM_DIVERGENT'],
  ['the second name alone', member('Kiné Ndiaye'), record('Fatou Kiné', 'NDIAYE'), 'PRENOM_DIVERGENT'],
  ['other names on both sides', member('Fatou Awa Ndiaye'), record('Fatou Adama', 'NDIAYE'), 'PRENOM_DIVERGENT'],
  ['Mbaye Diop and Diop Mbaye', member('Mbaye Diop'), record('Diop', 'MBAYE'), 'NOM_DIVERGENT PRENOM_DIVERGENT'],
  ['one letter in the family name', member('Awa Badjinka'), record('Awa', 'BADGINKA'), 'NOM_DIVERGENT'],
  ['two family names', member('Fatou Ndiaye'), record('Fatou', 'NDIAYE FALL'), 'NOM_DIVERGENT'],
  ["the husband's name on the card", member('Fatou Ndiaye ép. Fall'), record('Fatou', 'FALL'), 'NOM_DIVERGENT'],
  ['known by a nickname', member('Baye Ndiaye', { nickname: 'Mor' }), record('Mor', 'NDIAYE'), 'PRENOM_DIVERGENT'],
  ['the other sex', member('Adama Ndiaye', { sex: 'M' }), record('Adama', 'NDIAYE'), 'SEXE_DIVERGENT'],
  ['another month', member('Fatou Ndiaye', { birth: '1987-04' }), record('Fatou', 'NDIAYE'), 'NAISSANCE_DIVERGENTE'],
  [
    'day and month exchanged',
    member('Fatou Ndiaye', { birth: '1987-03-12' }),
    record('Fatou', 'NDIAYE', { birth: '1987-12-03' }),
    'NAISSANCE_DIVERGENTE',
  ],
  [
    'another number',
    member('Fatou Ndiaye', { nationalId: NIN }),
    record('Fatou', 'NDIAYE', { nationalId: OTHER_NIN }),
    'NIN_AUTRE_PERSONNE',
  ],
  [
    'half-brothers of one name: another mother',
    member('Mamadou Ndiaye', { sex: 'M', ...PARENTS, motherName: 'Coumba Sow' }),
    record('Mamadou', 'NDIAYE', { sex: 'M', ...RECORDED_PARENTS }),
    'FILIATION_DIVERGENTE',
  ],
  [
    'a year only, and a mother of another family confirms nothing',
    member('Fatou Ndiaye', { birth: '1987', motherName: 'Awa Sow' }),
    record('Fatou', 'NDIAYE', { motherGivenNames: 'Awa', motherFamilyName: 'Diop' }),
    'HOMONYMES',
  ],
  [
    'the number agrees, the first name does not',
    member('Awa Ndiaye', { nationalId: NIN }),
    record('Coumba', 'NDIAYE', { nationalId: NIN }),
    'PRENOM_DIVERGENT',
  ],
  [
    'the number agrees, the family name does not',
    member('Awa Ndiaye', { nationalId: NIN }),
    record('Awa', 'FALL', { nationalId: NIN }),
    'NOM_DIVERGENT',
  ],
  [
    'the parents agree, the birth is far off',
    member('Fatou Ndiaye', { birth: '1979-03', ...PARENTS }),
    record('Fatou', 'NDIAYE', { ...RECORDED_PARENTS }),
    'NAISSANCE_DIVERGENTE',
  ],
  ['no family name given', member('Fatou'), record('Fatou', 'NDIAYE'), 'HOMONYMES'],
  ['a name in Arabic script', member('فاطمة ندياي'), record('Fatou', 'NDIAYE'), 'HOMONYMES'],
];

const DIFFERENT: readonly Case[] = [
  ['twins', member('Assane Ndiaye', PARENTS), record('Ousseynou', 'NDIAYE', RECORDED_PARENTS)],
  ['twin sisters', member('Awa Ndiaye', PARENTS), record('Adama', 'NDIAYE', RECORDED_PARENTS)],
  ['brothers', member('Amadou Ndiaye', PARENTS), record('Mamadou', 'NDIAYE', RECORDED_PARENTS)],
  ['look-alike families', member('Fatou Guèye'), record('Fatou', 'GAYE')],
  ['look-alike families, Sall and Sarr', member('Fatou Sall'), record('Fatou', 'SARR')],
  ['homonyms of another age', member('Fatou Ndiaye'), record('Fatou', 'NDIAYE', { birth: '1961-05-02' })],
  ['another family', member('Fatou Ndiaye'), record('Fatou', 'FAYE')],
  [
    "a relative's number",
    member('Awa Ndiaye', { nationalId: NIN, birth: '2001-05' }),
    record('Coumba', 'NDIAYE', { nationalId: NIN }),
  ],
  [
    "a stranger's number",
    member('Awa Sow', { nationalId: NIN }),
    record('Coumba', 'NDIAYE', { nationalId: NIN, birth: '1987-03-14' }),
  ],
];

describe('compareIdentity', () => {
  it.each(SAME)('same: %s', (...pair) => {
    expect(verdictOf(pair)).toBe('same');
  });

  it.each(DOUBT)('doubt: %s', (about, left, right, reasons) => {
    expect(verdictOf([about, left, right])).toBe(`doubt ${reasons}`);
  });

  it.each(DIFFERENT)('different: %s', (...pair) => {
    expect(verdictOf(pair)).toMatch(/^different [A-Z_ ]+$/);
  });

  it.each(SOUNDS_ALIKE)('first names that sound alike, born %s, mother "%s": %s', (born, mother, verdict) => {
    const left = member('Khoudoss Ndiaye', { birth: born, motherName: mother });
    expect(verdictOf(['', left, record('Khoudos', 'NDIAYE', { motherGivenNames: 'Awa' })])).toBe(verdict);
  });

  it('says what tells the person from a homonym', () => {
    const pair = (nationalId: string | null): readonly string[] =>
      compare(
        member('Fatou Ndiaye', { nationalId: NIN, ...PARENTS }),
        record('Fatou', 'NDIAYE', { nationalId, ...RECORDED_PARENTS }),
      ).confirmedBy;
    expect(pair(NIN)).toEqual(['national-id', 'father', 'mother']);
    expect(pair(OTHER_NIN)).toEqual(['father', 'mother']);
    expect(compare(member('Fatou Ndiaye'), record('Fatou', 'NDIAYE')).confirmedBy).toEqual([]);
  });

  it('carries one line per field and the versions it rests on', () => {
    const comparison = compare(member('Fatou Ndiaye'), record('Fatou', "N'DIAYE"));
    expect(comparison).toMatchObject({ ruleVersion: MATCH_RULE_VERSION, lexiconVersion: lexicon.version });
    expect(comparison.certificate.map((line) => line.field)).toEqual([
      'family-name',
      'given-names',
      'sex',
      'birth',
      'national-id',
      'father',
      'mother',
    ]);
    expect(comparison.certificate[0]).toEqual({
      field: 'family-name',
      left: 'Ndiaye',
      right: "N'DIAYE",
      level: 'exact',
      agrees: 'yes',
    });
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(fc.constantFrom('Fatou', 'Awa', 'Ndiaye', 'Fall', 'dit', 'épouse', 'née', 'El', 'Hadji', '👩🏿', 'محمد'))
    .map((words) => words.join(' ')),
);
const anyBirth = fc.constantFrom('', '1987', '1987-03', '1987-03-14', '1987-01-01', '~1986', '1961-05-02');
const anySex = fc.constantFrom('M' as const, 'F' as const, null);
const anyNin = fc.constantFrom(null, NIN, OTHER_NIN, '123', '1 01 19870314 00123 4');

describe('whatever it is given, compareIdentity', () => {
  it('never throws, gives reasons exactly when it is not sure, and never approves on the number alone', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, anyBirth, anySex, anyNin, (full, family, given, born, sex, nationalId) => {
        const left = member(full, { birth: born, sex, nationalId, motherName: given });
        const right = record(given, family, { sex: 'F', nationalId: NIN, motherGivenNames: full });
        const { verdict, reasons, certificate } = compare(left, right);
        expect(reasons.length === 0).toBe(verdict === 'same');
        if (verdict !== 'same') return;
        const agreed = certificate.filter((line) => line.agrees === 'yes').map((line) => line.field);
        expect(agreed).toEqual(expect.arrayContaining(['family-name']));
        expect(certificate.every((line) => line.agrees !== 'no')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('says the same twice', () => {
    fc.assert(
      fc.property(anyText, anyText, anyBirth, (full, family, born) => {
        const pair = [member(full, { birth: born }), record('Fatou', family)] as const;
        expect(compare(...pair)).toEqual(compare(...pair));
      }),
    );
  });
});
