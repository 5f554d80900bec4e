import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { formatPartialDate } from '../../src/domain/partial-date.ts';
import { IdentityRuleError, parseIdentityRule } from '../../src/matching/identity-rule.ts';
import { checkNationalId } from '../../src/matching/national-id.ts';
import { birth, rule } from './knowledge.ts';

const check = (number: string | null) => checkNationalId(number, rule.nationalId);

describe('checkNationalId', () => {
  it.each([
    ['1619198700123', 'FORMAT_VALIDE', '1619198700123'],
    ['2 K05 2012 00108', 'FORMAT_VALIDE', '2K05201200108'],
    ['2k05-2012-00108', 'FORMAT_VALIDE', '2K05201200108'],
    ['I619I987OO123', 'FORMAT_VALIDE', '1619198700123'],
    ['16191987001234', 'FORMAT_VALIDE', '16191987001234'],
    ['2 O0I 2012 00108', 'FORMAT_VALIDE', '2O0I201200108'],
    [null, 'ABSENT_OU_FACTICE', ''],
    ['', 'ABSENT_OU_FACTICE', ''],
    ['0000000000000', 'ABSENT_OU_FACTICE', '0000000000000'],
    ['1234567890123', 'ABSENT_OU_FACTICE', '1234567890123'],
    ['XXXX', 'ABSENT_OU_FACTICE', 'XXXX'],
    ['619198700123', 'LONGUEUR_INVALIDE', '619198700123'],
    ['3619198700123', 'FORMAT_INVALIDE', '3619198700123'],
    ['1619178700123', 'FORMAT_INVALIDE', '1619178700123'],
    ['NEANT', 'FORMAT_INVALIDE', 'NEANT'],
  ])('%j is %s', (number, status, normalised) => {
    expect(check(number)).toMatchObject({ status, normalised });
  });

  it('recognises the number of the card, keeps the birth date it carries', () => {
    const result = check('1 01 19870314 00123 4');
    expect(result.status).toBe('NUMERO_CARTE_AU_LIEU_DU_NIN');
    expect(formatPartialDate(result.cardBirth)).toBe('1987-03-14');
  });

  it('proposes the lost first digit and corrects nothing', () => {
    expect(check('619198700123')).toMatchObject({
      normalised: '619198700123',
      candidates: ['1619198700123', '2619198700123'],
    });
  });

  it.each([
    ['M', '1987', 2026, []],
    ['F', '1987', 2026, ['ALERTE_SEXE_NIN']],
    ['M', '1988-06', 2026, []],
    ['M', '1985', 2026, ['ALERTE_ANNEE_NIN']],
    [null, '', 1980, ['ALERTE_ANNEE_NIN']],
    ['F', '1960', null, ['ALERTE_SEXE_NIN', 'ALERTE_ANNEE_NIN']],
  ] as const)('for %s born %s in %s raises %j', (sex, born, currentYear, alerts) => {
    const person = { sex, birth: birth(born), currentYear };
    expect(checkNationalId('1619198700123', rule.nationalId, person)).toMatchObject({
      status: 'FORMAT_VALIDE',
      alerts,
    });
  });

  it('obeys the pattern of the settings', () => {
    const onlyDigits = { ...rule.nationalId, pattern: /^\d{13}$/ };
    expect(checkNationalId('2K05201200108', onlyDigits).status).toBe('FORMAT_INVALIDE');
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => void check(text)));
  });
});

describe('parseIdentityRule', () => {
  it.each([
    ['{', 'the file'],
    ['[]', 'the file'],
    ['{}', 'nationalId'],
    ['{"nationalId":{},"aboutYearsTolerance":-1}', 'aboutYearsTolerance'],
    ['{"nationalId":{},"aboutYearsTolerance":2,"nearYears":2,"placeholderDays":["1 janvier"]}', 'placeholderDays'],
    ['{"nationalId":{"pattern":"("},"aboutYearsTolerance":2,"nearYears":2,"placeholderDays":[]}', 'pattern'],
  ])('refuses %s because of "%s"', (text, named) => {
    expect(() => parseIdentityRule(text)).toThrow(IdentityRuleError);
    expect(() => parseIdentityRule(text)).toThrow(`"${named}"`);
  });
});
