import { beforeAll, describe, expect, it } from '@jest/globals';

import { generatePopulation } from '../../fixtures/population/population.ts';
import type { RnuRow } from '../../fixtures/population/rnu-row.ts';
import type { IdCard } from '../../fixtures/sandbox/registries.ts';
import { parsePartialDate, partialDate } from '../../src/domain/partial-date.ts';
import type { IdentityVerdict, MemberIdentity } from '../../src/matching/identity-comparison.ts';
import { checkNationalId } from '../../src/matching/national-id.ts';
import { compare, rule } from './knowledge.ts';

const stated = (text: string): number | null => (['', '99', '9999'].includes(text) ? null : Number(text));

function memberOf(row: RnuRow): MemberIdentity {
  return {
    fullName: row.nomComplet,
    nickname: null,
    sex: row.sexe === '1' ? 'M' : row.sexe === '2' ? 'F' : null,
    birth: partialDate(stated(row.anneeNaissance), stated(row.moisNaissance), stated(row.jourNaissance)),
    nationalId: row.numeroCni,
    fatherName: null,
    motherName: null,
  };
}

function verdictOn(row: RnuRow, card: IdCard): IdentityVerdict {
  return compare(memberOf(row), {
    familyName: card.familyName,
    givenNames: card.givenNames.join(' '),
    sex: card.sex,
    birth: parsePartialDate(card.birthDate ?? ''),
    nationalId: card.nin,
  }).verdict;
}

describe('on the sandbox population, the holder of the card behind a number', () => {
  const own: IdentityVerdict[] = [];
  const others: IdentityVerdict[] = [];

  beforeAll(() => {
    const { households, registries } = generatePopulation({ people: 4000, seed: 'identity', asOf: '2026-11-20' });
    for (const { rows, truth } of households)
      rows.forEach((row, line) => {
        const card = registries.idCards.get(checkNationalId(row.numeroCni, rule.nationalId).normalised);
        if (!card) return;
        const verdicts = truth[line]!.documents.nationalId === card.nin ? own : others;
        verdicts.push(verdictOn(row, card));
      });
  });

  it('is never taken for somebody else', () => {
    expect(others.length).toBeGreaterThan(5);
    expect(others).not.toContain('same');
  });

  it('is recognised nine times in ten, and never called another person', () => {
    expect(own.length).toBeGreaterThan(500);
    expect(own.filter((verdict) => verdict === 'same').length / own.length).toBeGreaterThan(0.88);
    expect(own).not.toContain('different');
  });
});
