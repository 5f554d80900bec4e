import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { LinkedPair } from '../../../src/matching/linkage/link-tables.ts';
import { linkTables } from '../../../src/matching/linkage/link-tables.ts';
import { readLinkageTable } from '../../../src/matching/linkage/linkage-table.ts';
import { dedupeBatch, knowledge, matchRegistries, quality, twoRegistries } from './labelled-jobs.ts';
import type { LabelledResult } from './labelled-jobs.ts';
import { COLUMNS } from './written-records.ts';

// The floors stand a little under what is reached; the population is made up, so they guard against decay and forecast
// nothing. docs/matching.md gives the figures.
const HOUSEHOLDS = Number(process.env['LINKAGE_HOUSEHOLDS'] ?? 400);

const likely = (pair: LinkedPair): boolean => pair.score >= 0.5;
const auto = (pair: LinkedPair): boolean => pair.decision === 'auto';
const listed = (pair: LinkedPair): boolean => pair.decision !== 'reject';

describe('people in a social registry and a civil registry', () => {
  let result: LabelledResult;
  beforeAll(() => {
    result = matchRegistries(HOUSEHOLDS, 11);
  }, 240_000);

  afterAll(() => printFigures('two registries', result));

  it('are found', () => {
    expect(quality(result, likely).f1).toBeGreaterThan(0.985);
    expect(quality(result, listed).recall).toBeGreaterThan(0.985);
  });

  it('are hardly ever joined to another person by the machine alone', () => {
    expect(quality(result, auto).precision).toBeGreaterThan(0.998);
    expect(quality(result, auto).recall).toBeGreaterThan(0.9);
  });

  it('have at most one automatic link on either side', () => {
    const links = result.pairs.filter(auto);
    expect(new Set(links.map((pair) => pair.leftId)).size).toBe(links.length);
    expect(new Set(links.map((pair) => pair.rightId)).size).toBe(links.length);
  });

  it('come with a score between 0.01 and 1 whose parts add up', () => {
    for (const pair of result.pairs) {
      expect(pair.score).toBeGreaterThanOrEqual(0.01);
      expect(pair.score).toBeLessThanOrEqual(1);
      const bits = pair.evidence.reduce((sum, field) => sum + field.bits, pair.priorBits);
      expect(pair.score).toBeLessThanOrEqual(1 / (1 + 2 ** -bits) + 1e-9);
    }
  });
});

describe('people twice in one batch', () => {
  let result: LabelledResult;
  beforeAll(() => {
    result = dedupeBatch(HOUSEHOLDS, 11);
  }, 240_000);

  afterAll(() => printFigures('one batch', result));

  it('are found', () => {
    expect(quality(result, likely).f1).toBeGreaterThan(0.93);
    expect(quality(result, listed).recall).toBeGreaterThan(0.95);
  });

  it('are not confused with their family', () => {
    expect(quality(result, auto).precision).toBeGreaterThan(0.98);
  });
});

/** `LINKAGE_HOUSEHOLDS=4000 npm test -- linkage-quality` prints the figures of docs/matching.md. */
function printFigures(name: string, result: LabelledResult): void {
  if (process.env['LINKAGE_HOUSEHOLDS'] === undefined) return;
  const rows = [
    ['score >= 0.5', likely],
    ['auto', auto],
    ['auto or review', listed],
  ] as const;
  for (const [label, accepts] of rows) {
    const { precision, recall, f1 } = quality(result, accepts);
    const figures = [precision, recall, f1].map((figure) => figure.toFixed(4)).join(' ');
    process.stdout.write(`${name} (${result.truth.size} true pairs), ${label}: precision, recall, F1 ${figures}\n`);
  }
}

describe('the linkage', () => {
  it('gives the same pairs for the same files', () => {
    expect(matchRegistries(60, 3).pairs).toEqual(matchRegistries(60, 3).pairs);
  });

  it('never decides alone against a contradicting number', () => {
    const { left, right } = twoRegistries(150, 5);
    const number = COLUMNS.indexOf('national_id');
    const known = knowledge();
    const numbered = (rows: string[][], digit: string): string[][] =>
      rows.map((row, at) =>
        row.map((cell, column) => (column === number ? `${digit}619198${String(at).padStart(6, digit)}` : cell)),
      );
    const [a, b] = [numbered(left, '1'), numbered(right, '2')].map((rows) =>
      readLinkageTable(COLUMNS, rows, {}, known.pools),
    );
    const pairs = linkTables(a!, b!, known);
    expect(pairs.length).toBeGreaterThan(100);
    expect(pairs.filter(auto)).toEqual([]);
    expect(pairs.filter(likely).every((pair) => pair.doubts.includes('contradiction'))).toBe(true);
  });
});
