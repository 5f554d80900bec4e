import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CodeTable } from '../../../src/matching/linkage/code-table.ts';
import { PairMemo } from '../../../src/matching/linkage/pair-memo.ts';
import { SortedKeyIndex } from '../../../src/matching/linkage/sorted-key-index.ts';

const key = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

describe('SortedKeyIndex', () => {
  it('gives the rows of a key, in order, and none for another key', () => {
    fc.assert(
      fc.property(fc.array(key), key, (keys, absent) => {
        const index = new SortedKeyIndex(Uint32Array.from(keys), Uint32Array.from(keys.keys()));
        for (const wanted of [...keys, absent])
          expect([...index.rowsOf(wanted)]).toEqual([...keys.keys()].filter((row) => keys[row] === wanted));
      }),
    );
  });
});

describe('CodeTable', () => {
  it('numbers codes as they come, beyond its first size and 32 bits', () => {
    const table = new CodeTable();
    const codes = Array.from({ length: 10_000 }, (_, at) => at * 900_719_925_474);
    expect(codes.map((code) => table.numberOf(code))).toEqual([...codes.keys()]);
    expect(codes.map((code) => table.numberOf(code))).toEqual([...codes.keys()]);
    expect(table.count).toBe(10_000);
  });
});

describe('PairMemo', () => {
  it('never changes a result, whatever it forgets', () => {
    const memo = new PairMemo();
    const level = (low: number, high: number): number => (low * 7 + high) % 5;
    for (let a = 0; a < 1500; a++)
      for (let b = 0; b < 1500; b += 7) {
        const got = memo.level(a, b, level);
        if (got !== level(Math.min(a, b), Math.max(a, b))) throw new Error(`${a}, ${b}: ${got}`);
      }
  });

  it('does not compare a remembered pair again', () => {
    const memo = new PairMemo();
    let asked = 0;
    const level = (): number => ++asked;
    expect([memo.level(3, 9, level), memo.level(9, 3, level), asked]).toEqual([1, 1, 1]);
  });
});
