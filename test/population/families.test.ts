import { beforeAll, describe, expect, it } from '@jest/globals';
import { generatePopulation, type Population } from '../../fixtures/population/population.ts';
import type { RnuRow } from '../../fixtures/population/rnu-row.ts';

describe('families as listed', () => {
  let population: Population;
  let homes: (readonly RnuRow[])[];
  const given = (row: RnuRow) => row.nomComplet.split(' ')[0];

  beforeAll(() => {
    // Without errors of the field, so that a line says what the family is.
    population = generatePopulation({ people: 25_000, seed: 'familles', asOf: '2026-11-21', errorRate: 0 });
    homes = population.households.slice(0, -1).map((household) => household.rows);
  });

  it('begins with one head, number 1, and numbers members without a gap', () => {
    for (const home of homes) {
      expect(home.map((row) => row.numeroOrdre)).toEqual(home.map((_, index) => String(index + 1)));
      expect(home.filter((row) => row.lienParente === '1')).toHaveLength(1);
      expect(home[0]?.lienParente).toBe('1');
    }
  });

  it('seats children after their mother, who is 17 to 45 years older', () => {
    let seated = 0;
    for (const home of homes) {
      for (const child of home.filter((row) => row.lienParente === '3')) {
        const mother = home[Number(child.ordreMere) - 1];
        if (child.ordreMere === '0' || mother === undefined) continue;
        seated += 1;
        expect(Number(child.numeroOrdre)).toBeGreaterThan(Number(mother.numeroOrdre));
        expect(mother.sexe).toBe('2');
        const years = Number(child.anneeNaissance) - Number(mother.anneeNaissance);
        expect(years).toBeGreaterThanOrEqual(17);
        expect(years).toBeLessThanOrEqual(44);
      }
    }
    expect(seated).toBeGreaterThan(5_000);
  });

  it('hands the family name down from the father', () => {
    const family = (row: RnuRow | undefined) => row?.nomComplet.split(' ').at(-1)?.toUpperCase();
    for (const home of homes) {
      if (home[0]?.sexe !== '1') continue;
      for (const child of home.filter((row) => row.lienParente === '3')) expect(family(child)).toBe(family(home[0]));
    }
  });

  it('has twins: one birth, one mother, the two names that go together', () => {
    const pairs = homes.flatMap((home) =>
      home.filter((row, index) => {
        const before = home[index - 1];
        const close = before?.ordreMere === row.ordreMere && before.moisNaissance === row.moisNaissance;
        return row.lienParente === '3' && close && before.anneeNaissance === row.anneeNaissance;
      }),
    );
    expect(pairs.length).toBeGreaterThan(30);
    const names = new Set(pairs.map((row) => given(row)?.toUpperCase()));
    expect(names).toEqual(new Set(['OUSSEYNOU', 'ADAMA', 'AWA']));
  });

  it('has half-siblings of one name in polygamous homes, and never two full siblings', () => {
    let [half, full] = [0, 0];
    for (const home of homes) {
      const children = home.filter((row) => row.lienParente === '3' && row.ordreMere !== '0');
      children.forEach((child, index) => {
        const namesakes = children.slice(index + 1).filter((other) => other.nomComplet === child.nomComplet);
        half += namesakes.filter((other) => other.ordreMere !== child.ordreMere).length;
        full += namesakes.filter((other) => other.ordreMere === child.ordreMere).length;
      });
    }
    expect(full).toBe(0);
    expect(half).toBeGreaterThan(12);
  });

  it('repeats whole homes sometimes', () => {
    const repeats = population.households.map(({ truth }) => truth.filter((entry) => entry.sameHumanAs !== undefined));
    expect(repeats.some((entries) => entries.length >= 6)).toBe(true);
    expect(repeats.some((entries) => entries.length === 1)).toBe(true);
  });
});
