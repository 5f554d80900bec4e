import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { packedDateLevel } from '../../../src/matching/linkage/date-levels.ts';
import { Interner } from '../../../src/matching/linkage/interner.ts';
import { LEVELS_OF_KIND } from '../../../src/matching/linkage/linkage-field.ts';
import { NameLevels } from '../../../src/matching/linkage/name-levels.ts';
import { NamePool } from '../../../src/matching/linkage/name-pool.ts';
import { NumberPool } from '../../../src/matching/linkage/number-pool.ts';
import { PairMemo } from '../../../src/matching/linkage/pair-memo.ts';
import { numberLevel, TextLevels } from '../../../src/matching/linkage/text-levels.ts';
import { lexicon } from '../knowledge.ts';

const nameLevel = (kind: 'family' | 'given', a: string, b: string): string => {
  const pool = new NamePool(lexicon);
  const level = new NameLevels(kind, pool, lexicon).level(pool.idOf(a), pool.idOf(b));
  return LEVELS_OF_KIND.name[level] ?? 'missing';
};

describe('name levels', () => {
  it.each([
    ['given', 'Fatou', 'FATOU', 'exact'],
    ['given', 'Lamine Mamadou', 'Mamadou Lamine', 'exact'],
    ['given', 'Abdou Aziz', 'ABDOUAZIZ', 'exact'],
    ['given', 'Fatou', 'Fatu', 'close'],
    ['given', 'El Hadji Malick', 'Elhadj Malik', 'close'],
    ['given', 'Khoudoss', 'Khoudos', 'close'],
    ['given', 'Malick', 'El Hadji Malick', 'exact'],
    ['given', 'Mamadou', 'Mamadou Lamine', 'contained'],
    ['given', 'Cheikh', 'Cheikh Ousmane', 'near'],
    ['given', 'Modou', 'Mamadou', 'near'],
    ['given', 'M', 'Mamadou', 'near'],
    ['given', 'Fatou Awa', 'Fatou Adama', 'weak'],
    ['given', 'Cheikh Moussa', 'Cheikh Ousmane', 'different'],
    ['given', 'Assane', 'Ousseynou', 'different'],
    ['family', 'Ndiaye', 'Njie', 'close'],
    ['family', 'Guèye', 'Gaye', 'different'],
    ['family', 'Kandé', 'Kanté', 'near'],
    ['family', 'Da Silva', 'Dasylva', 'close'],
    ['family', '', 'Ndiaye', 'missing'],
  ] as const)('%s names %s and %s: %s', (kind, a, b, level) => {
    expect(nameLevel(kind, a, b)).toBe(level);
    expect(nameLevel(kind, b, a)).toBe(level);
  });

  it('is the same from either side, and asked twice', () => {
    const pool = new NamePool(lexicon);
    const levels = new NameLevels('given', pool, lexicon);
    const name = fc
      .array(fc.constantFrom('Fatou', 'Bintou', 'Awa', 'Mame', 'Xylo', 'Xyla', 'M'))
      .map((w) => pool.idOf(w.join(' ')));
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(levels.level(b, a)).toBe(levels.level(a, b));
        expect(new NameLevels('given', pool, lexicon).level(a, b)).toBe(levels.level(a, b));
      }),
    );
  });
});

describe('memory', () => {
  const words = ['Fatou', 'Fatu', 'Bintou', 'Cheikh', 'Mame', 'Diarra', 'Xylo', 'Xyla', 'M', 'Aziz', 'Abdou'];
  const texts = words.flatMap((word) => [word, ...words.map((other) => `${word} ${other}`)]);

  it('changes no level of names, however little is remembered', () => {
    const pool = new NamePool(lexicon);
    const ids = texts.map((text) => pool.idOf(text));
    const usual = new NameLevels('given', pool, lexicon);
    const forgetful = new NameLevels('given', pool, lexicon, { names: new PairMemo(1), wordBits: 1 });
    const levels = (from: NameLevels): number[] => ids.flatMap((a) => ids.map((b) => from.level(a, b)));
    expect(levels(forgetful)).toEqual(levels(usual));
    expect(new Set(levels(usual)).size).toBeGreaterThan(4);
  });

  it('changes no level of texts', () => {
    const pool = new Interner();
    const ids = texts.map((text) => pool.idOf(text.toUpperCase()));
    const levels = (from: TextLevels): number[] => ids.flatMap((a) => ids.map((b) => from.level(a, b)));
    expect(levels(new TextLevels(pool, 1))).toEqual(levels(new TextLevels(pool)));
  });
});

describe('date levels', () => {
  it.each([
    [19870314, 19870314, 'equal'],
    [19870314, 19870315, 'slip'],
    [19870312, 19871203, 'slip'],
    [19870314, 19970314, 'slip'],
    [19870300, 19870314, 'month'],
    [19870300, 19870300, 'month'],
    [19870000, 19870314, 'year'],
    [19870314, 19870425, 'same-year'],
    [19870314, 19870324, 'slip'],
    [19870314, 19880315, 'two-slips'],
    [19870314, 19890314, 'slip'],
    [19890314, 19900314, 'slip'],
    [19870314, 19890722, 'further'],
    [19870300, 19870500, 'near-month'],
    [19870300, 19880314, 'near-month'],
    [19870300, 19880400, 'further-month'],
    [19870000, 19880400, 'near-year'],
    [19870314, 19931125, 'further'],
    [19870000, 20050000, 'further-year'],
    [19870314, 20051125, 'far'],
    [0, 19870314, 'missing'],
  ])('%i and %i: %s', (a, b, level) => {
    expect(LEVELS_OF_KIND.date[packedDateLevel(a, b)] ?? 'missing').toBe(level);
    expect(LEVELS_OF_KIND.date[packedDateLevel(b, a)] ?? 'missing').toBe(level);
  });
});

describe('text and number levels', () => {
  const texts = new Interner();
  const numbers = new NumberPool();
  it.each([
    ['TIVAOUANE', 'TIVAOUANE', 'exact'],
    ['TIVAOUANE', 'TIVAWOUANE', 'near'],
    ['12 RUE BLANCHOT', 'RUE BLANCHOT', 'near'],
    ['TIVAOUANE', 'PODOR', 'different'],
    ['', 'PODOR', 'missing'],
  ])('%s and %s: %s', (a, b, level) => {
    const code = new TextLevels(texts).level(texts.idOf(a), texts.idOf(b));
    expect(LEVELS_OF_KIND.text[code] ?? 'missing').toBe(level);
  });

  it.each([
    ['1619198700123', '1619198700123', 'equal'],
    ['1619198700123', '1619198700124', 'slip'],
    ['1619198700123', '1619198700132', 'slip'],
    ['1619198700123', '2720199100456', 'different'],
    ['12', '13', 'different'],
    ['', '13', 'missing'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(LEVELS_OF_KIND.number[numberLevel(numbers, numbers.idOf(a), numbers.idOf(b))] ?? 'missing').toBe(level);
  });
});
