import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { atMostOneEdit } from '../../../src/matching/edit-distance.ts';
import { jaroWinkler } from '../../../src/matching/jaro-winkler.ts';
import { CellCache } from '../../../src/matching/linkage/cell-cache.ts';
import { CodeTable } from '../../../src/matching/linkage/code-table.ts';
import { KeyBuffer } from '../../../src/matching/linkage/key-buffer.ts';
import { dropHopelessKeys, sortByKey } from '../../../src/matching/linkage/key-groups.ts';
import { LevelGrid } from '../../../src/matching/linkage/level-grid.ts';
import { letterMask, mayBeAlike, mayBeOneEdit } from '../../../src/matching/linkage/letter-bounds.ts';
import { NumberPool } from '../../../src/matching/linkage/number-pool.ts';
import { PairMemo } from '../../../src/matching/linkage/pair-memo.ts';
import { PairStore } from '../../../src/matching/linkage/pair-store.ts';
import { TextColumn } from '../../../src/matching/linkage/text-column.ts';

function bufferOf(keys: readonly number[]): KeyBuffer {
  const buffer = new KeyBuffer();
  for (const one of keys) {
    buffer.push(one);
    buffer.row++;
  }
  return buffer;
}

const key = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

describe('KeyBuffer', () => {
  it('sorts by key, rows of one key in the order they came', () => {
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const buffer = bufferOf(keys);
        sortByKey(buffer);
        const expected = [...keys.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b);
        expect([...buffer.rows.subarray(0, buffer.count)]).toEqual(expected);
        expect([...buffer.keys.subarray(0, buffer.count)]).toEqual(expected.map((row) => keys[row]));
      }),
    );
  });

  it('drops no key that makes a group within the limit', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => Math.imul(at % 7000, 0x9e3779b1) >>> 0);
    const buffer = bufferOf([...keys, 1, 2, 3]);
    dropHopelessKeys(buffer, 5);
    const kept = new Set(buffer.keys.subarray(0, buffer.count));
    expect(keys.filter((one) => !kept.has(one))).toEqual([]);
    expect(buffer.count).toBeLessThan(20_003);
  });
});

describe('PairStore', () => {
  const row = fc.integer({ min: 0, max: 60 });

  it('gives each pair once, by left row then right row', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(row, row), { maxLength: 300 }), (pairs) => {
        const store = new PairStore(61, 61);
        for (const [left, right] of pairs) store.push(left, right);
        const { count, left, right } = store.distinct();
        const expected = [...new Set(pairs.map(([a, b]) => a * 100 + b))].sort((a, b) => a - b);
        expect(Array.from({ length: count }, (_, at) => left[at]! * 100 + right[at]!)).toEqual(expected);
      }),
    );
  });
});

describe('CellCache', () => {
  it('gives for every cell what its reader would, and asks once', () => {
    const cells = Array.from({ length: 9000 }, (_, at) => Buffer.from(`valeur é ${at % 5000}`));
    const cache = new CellCache();
    let asked = 0;
    const read = (bytes: Uint8Array, start: number, end: number): number => {
      asked++;
      return Number(/\d+$/.exec(Buffer.from(bytes.subarray(start, end)).toString())![0]);
    };
    expect(cells.map((cell) => cache.valueOf(cell, 0, cell.length, read))).toEqual(cells.map((_, at) => at % 5000));
    expect(asked).toBe(5000);
  });
});

describe('NumberPool', () => {
  it('numbers texts one for one and gives them back, zeros in front kept', () => {
    const pool = new NumberPool();
    const texts = ['', '0', '00', '7', '0077', '2K05201200108', '1619198700123', '1'.repeat(15), '1'.repeat(16)];
    const ids = texts.map((text) => pool.idOf(text));
    expect(new Set(ids).size).toBe(texts.length);
    expect(ids.map((id) => pool.textOf(id))).toEqual(texts);
    expect(pool.idOfDigits(Buffer.from('x0077y'), 1, 5)).toBe(pool.idOf('0077'));
    expect(pool.idOfDigits(Buffer.from('2K05'), 0, 4)).toBe(-1);
  });

  it('never rules out a slip', () => {
    const digits = fc.stringMatching(/^\d{1,15}$/);
    fc.assert(
      fc.property(digits, digits, fc.nat(14), fc.nat(9), (text, other, at, digit) => {
        const pool = new NumberPool();
        const slipped = text.slice(0, at) + String(digit) + text.slice(at + 1);
        for (const second of [
          slipped,
          other,
          text.slice(1),
          `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at] ?? ''}${text.slice(at + 2)}`,
        ])
          if (atMostOneEdit(text, second)) expect(pool.mayBeOneSlip(pool.idOf(text), pool.idOf(second))).toBe(true);
      }),
    );
  });
});

describe('TextColumn', () => {
  it('keeps texts apart, whatever their script', () => {
    const column = new TextColumn();
    const texts = ['A1', '', 'ñ', 'محمد', 'x'.repeat(70_000), 'ligne 3'];
    for (const text of texts) column.push(text);
    column.pushBytes(Buffer.from('..P7..'), 2, 4);
    expect(Array.from({ length: column.length }, (_, row) => column.at(row))).toEqual([...texts, 'P7']);
    expect(column.hashAt(0)).not.toBe(column.hashAt(6));
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

describe('LevelGrid', () => {
  it.each([2, 6, 11])('never changes a result with a square of 2^%i, inside it and beyond', (bits) => {
    const level = (low: number, high: number): number => (low * 7 + high) % 5;
    const grid = new LevelGrid(level, bits, new PairMemo(4));
    for (let round = 0; round < 2; round++)
      for (let a = 0; a < 100; a++)
        for (let b = 0; b < 100; b++)
          if (grid.level(a, b) !== level(Math.min(a, b), Math.max(a, b))) throw new Error(`${a}, ${b}`);
  });
});

describe('letters', () => {
  const name = fc.oneof(
    fc.array(fc.constantFrom('A', 'B', 'D', 'E', 'N'), { maxLength: 9 }).map((letters) => letters.join('')),
    fc.string({ maxLength: 40 }),
  );

  it('never rule out what the full comparison finds', () => {
    fc.assert(
      fc.property(name, name, fc.constantFrom(0.8, 0.88, 0.95), (a, b, least) => {
        const [one, other] = [letterMask(a), letterMask(b)];
        if (atMostOneEdit(a, b)) expect(mayBeOneEdit(one, other, a.length, b.length)).toBe(true);
        if (jaroWinkler(a, b) >= least) expect(mayBeAlike(one, other, a, b, least)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('rule out most strangers', () => {
    const [one, other] = [letterMask('FATOUMATA'), letterMask('OUSSEYNOU')];
    expect(mayBeAlike(one, other, 'FATOUMATA', 'OUSSEYNOU', 0.88)).toBe(false);
    expect(mayBeOneEdit(one, other, 9, 9)).toBe(false);
  });
});
