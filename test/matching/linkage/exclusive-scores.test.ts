import { describe, expect, it } from '@jest/globals';

import { exclusiveScores } from '../../../src/matching/linkage/exclusive-scores.ts';

type Edge = readonly [left: number, right: number, bits: number];

function scores(edges: readonly Edge[], rows: number, repeatedShare = 0): readonly number[] {
  const column = (at: 0 | 1): Uint32Array => Uint32Array.from(edges, (edge) => edge[at]);
  const pairs = { count: edges.length, left: column(0), right: column(1) };
  const bits = Float64Array.from(edges, (edge) => edge[2]);
  return [...exclusiveScores(pairs, bits, { left: rows, right: rows, repeatedShare })];
}

/** Rows that were certainly found, so that a file in which most are found can be told. */
const found = (from: number, to: number): Edge[] =>
  Array.from({ length: to - from }, (_, at) => [from + at, from + at, 30] as const);

describe('probabilities of pairs that exclude each other', () => {
  it('share a row among its candidates', () => {
    const [a = 0, b = 0] = scores(
      [
        [0, 0, 20],
        [0, 1, 20],
      ],
      1000,
    );
    expect(a).toBeCloseTo(0.5, 3);
    expect(b).toBeCloseTo(0.5, 3);
  });

  it('let a candidate that is taken elsewhere yield', () => {
    const [own = 0, other = 0] = scores(
      [
        [0, 0, 10],
        [0, 1, 10],
        [1, 1, 25],
      ],
      1000,
    );
    expect(own).toBeGreaterThan(0.99);
    expect(other).toBeLessThan(0.01);
  });

  it('believe a single doubtful candidate more where most people are found', () => {
    const doubtful: Edge = [0, 0, -2];
    const [rare = 0] = scores([doubtful, ...found(1, 100)], 1000);
    const [usual = 0] = scores([doubtful, ...found(1, 900)], 1000);
    expect(rare).toBeLessThan(0.3);
    expect(usual).toBeGreaterThan(0.8);
  });

  it('allow a person twice where that is known to happen', () => {
    const twice: Edge[] = [
      [0, 0, 20],
      [1, 0, 20],
    ];
    expect(scores(twice, 1000)[0]).toBeCloseTo(0.5, 2);
    expect(scores(twice, 1000, 0.01)[0]).toBeGreaterThan(0.95);
  });
});
