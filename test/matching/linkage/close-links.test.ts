import { describe, expect, it } from '@jest/globals';

import { impliedPairs } from '../../../src/matching/linkage/close-links.ts';
import type { ImpliedPair } from '../../../src/matching/linkage/close-links.ts';
import type { DecidedPair } from '../../../src/matching/linkage/decide-pairs.ts';

const RULE = { from: 0.99, largest: 6, bridgeShare: 0.5, impliedScore: 0.9 };

type Link = readonly [left: number, right: number, score: number, doubt?: 'contradiction'];

function implied(links: readonly Link[], rule = RULE): readonly ImpliedPair[] {
  const decided: DecidedPair[] = links.map(([, , score, doubt], pair) => ({
    pair,
    score,
    decision: 'review',
    doubts: doubt ? [doubt] : [],
  }));
  const column = (at: 0 | 1): Uint32Array => Uint32Array.from(links, (link) => link[at]);
  return impliedPairs(decided, { count: links.length, left: column(0), right: column(1) }, 100, rule);
}

describe('pairs implied by strong links', () => {
  it('close a chain', () => {
    expect(
      implied([
        [1, 2, 0.999],
        [2, 3, 0.995],
      ]),
    ).toEqual([{ left: 1, right: 3, score: 0.9 }]);
  });

  it('do not rest on weak links', () => {
    expect(
      implied([
        [1, 2, 0.999],
        [2, 3, 0.9],
      ]),
    ).toEqual([]);
  });

  it('do not overrule what was compared and contradicted', () => {
    expect(
      implied([
        [1, 2, 0.999],
        [1, 3, 0.3, 'contradiction'],
        [2, 3, 0.995],
      ]),
    ).toEqual([]);
  });

  it('do not join two groups over one bridge', () => {
    const triangle = (a: number): Link[] => [
      [a, a + 1, 0.9999],
      [a + 1, a + 2, 0.9999],
      [a, a + 2, 0.9999],
    ];
    expect(implied([...triangle(1), ...triangle(11), [3, 11, 0.991]])).toEqual([]);
  });

  it('stay within the largest group', () => {
    const chain = Array.from({ length: 20 }, (_, at): Link => [at, at + 1, 0.999]);
    const rows = new Map<number, Set<number>>();
    for (const { left, right } of implied(chain, { ...RULE, bridgeShare: 0 }))
      rows.set(left, (rows.get(left) ?? new Set()).add(right));
    expect(rows.size).toBeGreaterThan(0);
    for (const others of rows.values()) expect(others.size).toBeLessThan(6);
  });
});
