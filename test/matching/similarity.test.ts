import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { atMostOneEdit } from '../../src/matching/edit-distance.ts';
import { jaroWinkler } from '../../src/matching/jaro-winkler.ts';

const word = fc.string({ unit: fc.constantFrom('A', 'B', 'C'), maxLength: 6 });

/** Every string one edit away, the slow and plain way. */
function oneEditAway(text: string, alphabet: readonly string[]): Set<string> {
  const results = new Set([text]);
  for (let i = 0; i <= text.length; i++) {
    for (const letter of alphabet) {
      results.add(text.slice(0, i) + letter + text.slice(i));
      if (i < text.length) results.add(text.slice(0, i) + letter + text.slice(i + 1));
    }
    if (i < text.length) results.add(text.slice(0, i) + text.slice(i + 1));
    if (i + 1 < text.length) results.add(text.slice(0, i) + text[i + 1]! + text[i]! + text.slice(i + 2));
  }
  return results;
}

describe('atMostOneEdit', () => {
  it('says what trying every edit says', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(atMostOneEdit(a, b)).toBe(oneEditAway(a, ['A', 'B', 'C']).has(b));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('jaroWinkler', () => {
  // Published with the Census Bureau's program.
  it.each([
    ['MARTHA', 'MARHTA', 0.9611],
    ['DWAYNE', 'DUANE', 0.84],
    ['DIXON', 'DICKSONX', 0.8133],
    ['ABC', 'XYZ', 0],
    ['', '', 0],
    ['A', '', 0],
    ['DIOP', 'DIOP', 1],
  ])('%s and %s are %d alike', (a, b, expected) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(expected, 4);
  });

  it('is symmetric, within 0 and 1, and 1 only for the same word', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const similarity = jaroWinkler(a, b);
        expect(similarity).toBeCloseTo(jaroWinkler(b, a), 12);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
        if (similarity === 1) expect(a).toBe(b);
      }),
      { numRuns: 2000 },
    );
  });
});
