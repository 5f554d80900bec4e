import { beforeAll, describe, expect, it } from '@jest/globals';
import { generatePopulation, type Population } from '../../fixtures/population/population.ts';
import type { RnuRow } from '../../fixtures/population/rnu-row.ts';
import type { TruthEntry } from '../../fixtures/population/truth.ts';

const PEOPLE = 30_000;

describe('shares of a large population', () => {
  let population: Population;
  let rows: RnuRow[];
  const lineShare = (test: (row: RnuRow) => boolean) => rows.filter(test).length / rows.length;
  const truthShare = (test: (entry: TruthEntry) => boolean) => population.truth.filter(test).length / PEOPLE;
  const householdShare = (test: (rows: readonly RnuRow[]) => boolean) =>
    population.households.filter((household) => test(household.rows)).length / population.households.length;

  beforeAll(() => {
    population = generatePopulation({ people: PEOPLE, seed: 'shares', asOf: '2026-11-21' });
    rows = population.households.flatMap((household) => household.rows);
  });

  it('has exactly the people asked for, in households of 7.8 with a long tail', () => {
    expect(rows).toHaveLength(PEOPLE);
    expect(population.truth).toHaveLength(PEOPLE);
    const sizes = population.households.map((household) => household.rows.length);
    expect(PEOPLE / sizes.length).toBeGreaterThan(7.4);
    expect(PEOPLE / sizes.length).toBeLessThan(8.2);
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(22);
  });

  it('has the families the programme knows', () => {
    expect(lineShare((row) => Number(row.age) < 15)).toBeGreaterThan(0.45);
    expect(lineShare((row) => Number(row.age) < 15)).toBeLessThan(0.51);
    const wives = (lines: readonly RnuRow[]) => lines.filter((row) => row.lienParente === '2').length;
    expect(householdShare((lines) => wives(lines) >= 2)).toBeGreaterThan(0.21);
    expect(householdShare((lines) => wives(lines) >= 2)).toBeLessThan(0.29);
    expect(householdShare((lines) => lines[0]?.sexe === '2')).toBeGreaterThan(0.17);
    expect(householdShare((lines) => lines[0]?.sexe === '2')).toBeLessThan(0.23);
    expect(householdShare((lines) => lines[0]?.milieu === '2')).toBeGreaterThan(0.55);
    expect(householdShare((lines) => lines[0]?.milieu === '2')).toBeLessThan(0.78);
  });

  it('has the papers the programme knows: men more than women, children by their acts', () => {
    const adults = rows.filter((row) => Number(row.age) >= 18);
    const withNumber = (sex: string) => {
      const group = adults.filter((row) => row.sexe === sex);
      return group.filter((row) => row.numeroCni !== '').length / group.length;
    };
    expect(withNumber('1')).toBeGreaterThan(withNumber('2') + 0.05);
    expect((withNumber('1') + withNumber('2')) / 2).toBeGreaterThan(0.7);
    expect((withNumber('1') + withNumber('2')) / 2).toBeLessThan(0.8);
    const acts = population.truth.filter((entry) => entry.documents.act !== 'none');
    const indexed = acts.filter((entry) => entry.documents.act === 'indexed').length / acts.length;
    expect(indexed).toBeGreaterThan(0.64);
    expect(indexed).toBeLessThan(0.7);
    expect(truthShare((entry) => entry.documents.card === 'expired')).toBeGreaterThan(0.01);
  });

  it('has the traps it promises', () => {
    const trap = (name: TruthEntry['mustNotEnrol']) => truthShare((entry) => entry.mustNotEnrol === name);
    expect(trap('duplicate')).toBeGreaterThan(0.011);
    expect(trap('duplicate')).toBeLessThan(0.019);
    expect(trap('deceased')).toBeGreaterThan(0.007);
    expect(trap('deceased')).toBeLessThan(0.015);
    expect(trap('carries-another-number')).toBeGreaterThan(0.004);
    expect(trap('carries-another-number')).toBeLessThan(0.011);
    const numbered = population.truth.filter((entry) => entry.documents.numberOnLine !== 'none');
    const wrong = numbered.filter((entry) => !['own', 'another-person'].includes(entry.documents.numberOnLine));
    expect(wrong.length / numbered.length).toBeGreaterThan(0.022);
    expect(wrong.length / numbered.length).toBeLessThan(0.038);
  });

  it('has the covers asked for, a quarter of them run out', () => {
    const covered = truthShare((entry) => entry.cover !== 'none');
    expect(covered).toBeGreaterThan(0.17);
    expect(covered).toBeLessThan(0.23);
    const expired = truthShare((entry) => entry.cover === 'expired') / covered;
    expect(expired).toBeGreaterThan(0.19);
    expect(expired).toBeLessThan(0.33);
    expect(truthShare((entry) => entry.cover === 'other-scheme')).toBeGreaterThan(0.005);
  });
});
