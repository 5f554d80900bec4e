import { describe, expect, it } from '@jest/globals';

import { generatePopulation } from '../../../fixtures/population/population.ts';
import type { RnuRow } from '../../../fixtures/population/rnu-row.ts';
import { findDuplicates } from '../../../src/matching/linkage/link-tables.ts';
import { readLinkageTable } from '../../../src/matching/linkage/linkage-table.ts';
import { writtenName } from '../../../src/matching/normalise-name.ts';
import { splitFullName } from '../../../src/matching/split-full-name.ts';
import { lexicon } from '../knowledge.ts';
import { qualityFigures } from '../../../bench/matching-quality/measure.ts';
import { knowledge } from './labelled-jobs.ts';

const COLUMNS = [
  'id',
  'given_names',
  'family_name',
  'sex',
  'date_of_birth',
  'commune',
  'national_id',
  'father_given',
  'mother_given',
  'mother_family',
  'household_id',
];

function namesOf(row: RnuRow | undefined): readonly [given: string, family: string] {
  const { readings } = splitFullName(row?.nomComplet ?? '', lexicon);
  const reading = readings.find(({ order, evident }) => order === 'family-first' && evident) ?? readings[0];
  return [writtenName(reading?.givenNames ?? []), writtenName(reading?.familyName ?? [])];
}

function birthOf({ anneeNaissance, moisNaissance, jourNaissance }: RnuRow): string {
  const parts = [anneeNaissance, moisNaissance, jourNaissance];
  const known = parts.findIndex((part) => part === '' || part === '99' || part === '9999');
  return (known < 0 ? parts : parts.slice(0, known)).map((part) => part.padStart(2, '0')).join('-');
}

describe('people listed twice in the batch of the sandbox population', () => {
  it('are found among their relatives and homonyms', () => {
    const { households, truth } = generatePopulation({ people: 5000, seed: 'twice', asOf: '2026-11-20' });
    const rows = households.flatMap(({ rows: lines }) =>
      lines.map((row) => {
        const relative = (number: string): RnuRow | undefined => lines.find((line) => line.numeroOrdre === number);
        const [father, mother] = [namesOf(relative(row.ordrePere)), namesOf(relative(row.ordreMere))];
        const sex = { 1: 'M', 2: 'F' }[row.sexe] ?? '';
        const own = [...namesOf(row), sex, birthOf(row), row.commune, row.numeroCni];
        return [...own, father[0], ...mother, row.referenceMenage];
      }),
    );
    const numbered = rows.map((row, at) => [String(at), ...row]);
    const expected = new Set<string>();
    truth.forEach(({ human }, right) => {
      for (let left = 0; left < right; left++) if (truth[left]!.human === human) expected.add(`${left},${right}`);
    });
    const known = knowledge();
    const pairs = findDuplicates(readLinkageTable(COLUMNS, numbered, {}, known.pools), known);
    expect(expected.size).toBeGreaterThan(40);
    const figures = qualityFigures({ truth: expected, pairs, people: numbered.length });
    expect(figures.f1).toBeGreaterThan(0.85);
    expect(figures.covered).toBeGreaterThan(0.9);
  }, 240_000);
});
