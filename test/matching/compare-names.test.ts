import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { compareNames } from '../../src/matching/compare-names.ts';
import { nameWords } from '../../src/matching/normalise-name.ts';
import { lexicon } from './knowledge.ts';

const compare = (kind: 'family' | 'given', a: string, b: string): string => {
  const { level, firstAgrees } = compareNames(kind, nameWords(a), nameWords(b), lexicon);
  return firstAgrees ? `${level}, first agrees` : level;
};

describe('compareNames', () => {
  it.each([
    ['Ndiaye', "N'DIAYE", 'exact, first agrees'],
    ['Ndiaye', 'Njie', 'spelling, first agrees'],
    ['Da Silva', 'DASYLVA', 'spelling, first agrees'],
    ['Ceesay', 'Cissé', 'spelling, first agrees'],
    ['Badjinka', 'Badginka', 'near'],
    ['Ndiathe', 'Ndiatthe', 'sound'],
    ['Ndiaye Fall', 'Ndiaye', 'contained, first agrees'],
    ['Guèye', 'Gaye', 'look-alike'],
    ['Sall', 'Sarr', 'look-alike'],
    ['Sène', 'Sané', 'look-alike'],
    ['Diaw', 'Diao', 'look-alike'],
    ['Cissé', 'Ciss', 'look-alike'],
    ['Lo', 'Ly', 'look-alike'],
    ['Ka', 'Kha', 'sound'],
    ['Kandé', 'Kanté', 'near'],
    ['Fall', 'Ndour', 'different'],
    ['', 'Ndour', 'missing'],
  ])('family names %s and %s: %s', (a, b, expected) => {
    expect(compare('family', a, b)).toBe(expected);
    expect(compare('family', b, a)).toBe(expected);
  });

  it.each([
    ['Fatou', 'FATU', 'spelling, first agrees'],
    ['Abdou Aziz', 'Abdoulaziz', 'spelling, first agrees'],
    ['Abdoul Kader', 'Abdou Khadre', 'spelling, first agrees'],
    ['Fatou', 'Fatou Bintou', 'contained'],
    ['Abdou', 'Abdou Aziz', 'contained'],
    ['Mamadou', 'Mamadou Lamine', 'contained, first agrees'],
    ['Lamine', 'Mamadou Lamine', 'contained'],
    ['El Hadji Malick', 'Malick', 'contained, first agrees'],
    ['El Hadji Malick', 'ELHADJ MALIK', 'spelling, first agrees'],
    ['Pape Moussa', 'Cheikh Moussa', 'overlap, first agrees'],
    ['El Hadji', 'Malick', 'different'],
    ['El Hadji', 'El Hadji Malick', 'contained'],
    ['Ndèye Awa', 'Ndèye Adama', 'look-alike'],
    ['Ndèye Fatou', 'Ndèye Coumba', 'different'],
    ['Fatou Awa', 'Fatou Adama', 'overlap, first agrees'],
    ['Modou', 'Mamadou', 'usage'],
    ['Khady', 'Khadidiatou', 'usage'],
    ['Fatou', 'Fatoumata', 'usage'],
    ['Mouhamadou', 'Mamadou', 'usage'],
    ['E.H.', 'El Hadji', 'usage'],
    ['Assane', 'Ousseynou', 'look-alike'],
    ['Awa', 'Adama', 'look-alike'],
    ['Amadou', 'Mamadou', 'look-alike'],
    ['M', 'Mamadou', 'near'],
    ['Lamine Mamadou', 'Mamadou Lamine', 'exact'],
    ['Moussa', 'Aminata', 'different'],
  ])('given names %s and %s: %s', (a, b, expected) => {
    expect(compare('given', a, b)).toBe(expected);
    expect(compare('given', b, a)).toBe(expected);
  });

  const someName = fc
    .array(
      fc.constantFrom(
        'FATOU',
        'BINTOU',
        'AWA',
        'ADAMA',
        'EL',
        'HADJI',
        'MODOU',
        'MAMADOU',
        'XYLO',
        'XYLA',
        'M',
        'NDEYE',
      ),
      {
        maxLength: 5,
      },
    )
    .map((words) => words.join(' '));

  it('does not depend on the side', () => {
    fc.assert(
      fc.property(fc.constantFrom('family' as const, 'given' as const), someName, someName, (kind, a, b) => {
        expect(compare(kind, a, b)).toBe(compare(kind, b, a));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds every comparable name identical to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const comparable = nameWords(name).length > 0;
        expect(compare('given', name, name)).toBe(comparable ? 'exact, first agrees' : 'missing');
      }),
    );
  });
});
