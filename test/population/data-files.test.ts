import { readdir, readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { writeBatchCsv } from '../../fixtures/population/batch-csv.ts';
import { readDataFile } from '../../fixtures/population/tables/data-file.ts';
import { generateHouseholds } from '../../fixtures/population/population.ts';
import { loadRates } from '../../fixtures/population/tables/rates.ts';

const DATA = fileURLToPath(new URL('../../fixtures/data/', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../fixtures/samples/lot-exemple.csv', import.meta.url));

describe('data of the generator', () => {
  it('says of every rate what it means and how well it is known', () => {
    const rates: Record<string, number> = loadRates();
    for (const row of readDataFile('population-rates.csv')) {
      expect(rates[row['name'] ?? '']).toBe(Number(row['value']));
      expect(['shape', 'error']).toContain(row['kind']);
      expect(['sourced', 'inferred', 'guess']).toContain(row['basis']);
      expect(row['meaning']).toMatch(/\w{3}/);
    }
    expect(loadRates(0).numberMistyped).toBe(0);
    expect(loadRates(2).numberMistyped).toBeCloseTo(2 * loadRates().numberMistyped);
    expect(loadRates(0).deceased).toBe(loadRates().deceased);
  });

  it('describes every file and keeps the licence of the names', async () => {
    const readme = await readFile(join(DATA, 'README.md'), 'utf8');
    for (const name of await readdir(DATA)) if (name !== 'README.md') expect(readme).toContain(name);
    expect(await readFile(join(DATA, 'LICENSE-faker.txt'), 'utf8')).toContain('Permission is hereby granted');
  });

  it('has the sample batch that its seed gives', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sample-'));
    const path = join(folder, 'lot.csv');
    await writeBatchCsv({ households: generateHouseholds({ people: 40, seed: 'exemple', asOf: '2026-11-21' }) }, path);
    expect(await readFile(SAMPLE, 'utf8')).toBe(await readFile(path, 'utf8'));
    await rm(folder, { recursive: true });
  });
});
