import { beforeAll, describe, expect, it } from '@jest/globals';
import { readDataFile } from '../../fixtures/population/tables/data-file.ts';
import { generatePopulation, type Population } from '../../fixtures/population/population.ts';
import type { RnuRow } from '../../fixtures/population/rnu-row.ts';
import { plainUpper } from '../../fixtures/population/names/spellings.ts';

/** Spelling → first spelling of its group, read from the table independently of the generator. */
function foldingTable(): Map<string, string> {
  const table = new Map<string, string>();
  for (const row of readDataFile('name-variants.csv')) {
    for (const spelling of [row['canon'] ?? '', ...(row['spellings'] ?? '').split('/')]) {
      if (!table.has(spelling)) table.set(spelling, row['canon'] ?? '');
    }
  }
  return table;
}

describe('how lines differ from the registries', () => {
  let population: Population;
  let folding: Map<string, string>;
  let pairs: { row: RnuRow; official: string[]; birth: string | null; sex: string | null }[];
  const words = (text: string) => plainUpper(text).split(' ');
  const fold = (list: string[]) => list.map((word) => folding.get(word) ?? word);

  beforeAll(() => {
    folding = foldingTable();
    population = generatePopulation({ people: 20_000, seed: 'noms', asOf: '2026-11-21' });
    const acts = new Map(population.registries.birthActs.map((act) => [act.extractNumber, act]));
    pairs = population.households.flatMap((household) =>
      household.rows.flatMap((row) => {
        const record =
          population.registries.idCards.get(row.numeroCni.replaceAll(' ', '')) ?? acts.get(row.numeroExtrait);
        if (record === undefined) return [];
        const official = [...record.givenNames, record.familyName].map(plainUpper);
        return [{ row, official, birth: record.birthDate, sex: record.sex }];
      }),
    );
  });

  it('spells a name otherwise for about a quarter of people', () => {
    const respelled = pairs.filter(({ row, official }) => {
      const line = words(row.nomComplet);
      const unlike = official.filter((word) => !line.includes(word));
      return unlike.length > 0 && unlike.every((word) => fold(line).includes(folding.get(word) ?? word));
    });
    expect(respelled.length / pairs.length).toBeGreaterThan(0.18);
    expect(respelled.length / pairs.length).toBeLessThan(0.32);
  });

  it('writes some names family first, some under the husband’s name, some with a nickname', () => {
    const lines = population.households.flatMap((household) => household.rows).map((row) => plainUpper(row.nomComplet));
    expect(lines.filter((name) => name.includes(' EPOUSE ')).length).toBeGreaterThan(20);
    expect(lines.filter((name) => / DITE? /.test(name)).length).toBeGreaterThan(100);
    const inverted = pairs.filter(({ row, official }) => {
      const line = words(row.nomComplet);
      return line.length === 2 && line[0] === official.at(-1) && line[1] === official[0];
    });
    expect(inverted.length).toBeGreaterThan(100);
  });

  it('lets a cautious rule confirm 45 % of all lines at least, and leaves work for people', () => {
    const confirmed = pairs.filter(({ row, official, birth, sex }) => {
      const line = fold(words(row.nomComplet));
      const [first = '', family = ''] = [official[0], official.at(-1)].map((word) => folding.get(word ?? '') ?? word);
      const sameName = line.includes(first) && line.includes(family);
      const sameSex = (row.sexe === '1' ? 'M' : 'F') === sex;
      const [year, month] = (birth ?? '').split('-');
      const monthKnown = row.moisNaissance !== '' && row.moisNaissance !== '99' && !birth?.endsWith('-01-01');
      return sameName && sameSex && row.anneeNaissance === year && (!monthKnown || row.moisNaissance === month);
    });
    const lines = population.truth.length;
    expect(confirmed.length / lines).toBeGreaterThan(0.45);
    expect(confirmed.length / lines).toBeLessThan(0.75);
  });

  it('keeps dates vague as the form does', () => {
    const rows = population.households.flatMap((household) => household.rows);
    const older = rows.filter((row) => Number(row.age) > 30);
    const share = (test: (row: RnuRow) => boolean) => older.filter(test).length / older.length;
    expect(share((row) => row.moisNaissance === '99')).toBeGreaterThan(0.12);
    expect(share((row) => row.moisNaissance === '99')).toBeLessThan(0.19);
    expect(share((row) => row.moisNaissance === '')).toBeGreaterThan(0.07);
    expect(share((row) => row.anneeNaissance === '9999')).toBeGreaterThan(0.002);
    for (const row of rows.filter((line) => line.generation.length === 1)) expect(row.jourNaissance).toBe('');
    const dates = [...population.registries.idCards.values()].map((card) => card.birthDate ?? '');
    expect(dates.every((date) => /^\d{4}-\d\d-\d\d$/.test(date))).toBe(true);
    expect(dates.filter((date) => date.endsWith('-01-01')).length / dates.length).toBeGreaterThan(0.05);
  });
});
