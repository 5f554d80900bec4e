import { describe, expect, it } from '@jest/globals';

import { foreignTask } from '../../../fixtures/linkage/foreign-task.ts';
import { qualityFigures } from '../../../bench/matching-quality/measure.ts';
import { runTask } from '../../../bench/matching-quality/run-task.ts';
import type { LinkedPair } from '../../../src/matching/linkage/link-tables.ts';
import { linkedTask, ordinaryTask, shipped } from './labelled-jobs.ts';

// The gate: floors a little under what is reached on these seeds. The people are invented, so the figures guard against
// decay and forecast nothing; docs/matching.md has them at full size.
const LINES = 1600;

const likely = (pair: LinkedPair): boolean => pair.score >= 0.5;
const auto = (pair: LinkedPair): boolean => pair.decision === 'auto';

describe('people of the RNU in the civil registry', () => {
  const { figures, pairs } = linkedTask('rnu-civil', LINES, 'gate');

  it('are found, and few are left to reviewers', () => {
    expect(figures.f1).toBeGreaterThan(0.985);
    expect(figures.covered).toBeGreaterThan(0.985);
    expect(figures.reviewShare).toBeLessThan(0.06);
    expect(figures.calibrationError).toBeLessThan(0.02);
  });

  it('are hardly ever joined to another person by the machine alone', () => {
    expect(figures.autoPrecision).toBeGreaterThan(0.998);
    expect(figures.autoRecall).toBeGreaterThan(0.9);
  });

  it('have at most one automatic link on either side', () => {
    const links = pairs.filter(auto);
    expect(new Set(links.map((pair) => pair.leftId)).size).toBe(links.length);
    expect(new Set(links.map((pair) => pair.rightId)).size).toBe(links.length);
  });

  it('come with a score between 0.01 and 1 that is the sum of its parts', () => {
    for (const pair of pairs) {
      expect(pair.score).toBeGreaterThanOrEqual(0.01);
      expect(pair.score).toBeLessThanOrEqual(1);
      const bits = pair.evidence.reduce((sum, field) => sum + field.bits, pair.priorBits);
      expect(1 / (1 + 2 ** -bits)).toBeCloseTo(pair.score, 9);
    }
  });
});

describe('people of the RNU among card holders', () => {
  it('are found', () => {
    const { figures } = linkedTask('rnu-cards', LINES, 'gate');
    expect(figures.f1).toBeGreaterThan(0.988);
    expect(figures.autoPrecision).toBeGreaterThan(0.998);
    expect(figures.calibrationError).toBeLessThan(0.02);
  });
});

describe('people twice in one batch', () => {
  const { figures, pairs } = linkedTask('batch', 2 * LINES, 'gate');

  it('are found', () => {
    expect(figures.f1).toBeGreaterThan(0.92);
    expect(figures.covered).toBeGreaterThan(0.95);
  });

  it('are not confused with their family', () => {
    expect(figures.autoPrecision).toBeGreaterThan(0.99);
  });

  it('are joined to one later line each', () => {
    const links = pairs.filter(auto);
    expect(new Set(links.map((pair) => pair.leftId)).size).toBe(links.length);
  });
});

describe('people of a batch among the enrolled', () => {
  it('are found', () => {
    const { figures } = linkedTask('batch-enrolled', LINES, 'gate');
    expect(figures.f1).toBeGreaterThan(0.93);
    expect(figures.autoPrecision).toBeGreaterThan(0.99);
  });
});

describe('files that lack what tells homonyms apart', () => {
  const columns = ['id', 'given_names', 'family_name', 'sex', 'date_of_birth'];

  it('leave duplicates to reviewers rather than decide wrongly', () => {
    const { figures } = linkedTask('batch', 2 * LINES, 'gate', columns);
    expect(figures.autoPrecisionUpper).toBeGreaterThan(0.97);
    expect(figures.calibrationError).toBeLessThan(0.12);
  });
});

describe('files of other kinds', () => {
  it.each([
    ['two-clean', 0.99],
    ['one-dirty', 0.96],
    ['historical', 0.92],
  ] as const)('%s', (name, floor) => {
    const found = runTask(foreignTask(name, { records: 1500, seed: 'gate' }), shipped);
    expect(qualityFigures(found).f1).toBeGreaterThan(floor);
  });
});

describe('the linkage', () => {
  it('gives the same pairs for the same files', () => {
    expect(linkedTask('rnu-civil', 500, 'same').pairs).toEqual(linkedTask('rnu-civil', 500, 'same').pairs);
  });

  it('never decides alone against a contradicting number', () => {
    const task = ordinaryTask('rnu-cards', 500, 'numbers');
    const numbered = (records: typeof task.left, digit: string): typeof task.left =>
      records.map((record, at) => ({ ...record, national_id: `${digit}619198${String(at).padStart(6, digit)}` }));
    const { pairs } = runTask({ ...task, left: numbered(task.left, '1'), right: numbered(task.right, '2') }, shipped);
    expect(pairs.length).toBeGreaterThan(100);
    expect(pairs.filter(auto)).toEqual([]);
    expect(pairs.filter(likely).every((pair) => pair.doubts.includes('contradiction'))).toBe(true);
  });
});
