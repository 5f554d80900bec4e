import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { generateHouseholds, generatePopulation } from '../../fixtures/population/population.ts';

const OPTIONS = { people: 3_000, seed: 'nuit', asOf: '2026-11-21' };

function digest(options: typeof OPTIONS & { errorRate?: number }): string {
  const { households, registries } = generatePopulation(options);
  const hash = createHash('sha256').update(JSON.stringify(households));
  return hash.update(JSON.stringify([...registries.idCards])).digest('hex');
}

describe('reproducibility', () => {
  it('gives the same bytes for the same seed and others for another', () => {
    expect(digest(OPTIONS)).toBe(digest(OPTIONS));
    expect(digest({ ...OPTIONS, seed: 'jour' })).not.toBe(digest(OPTIONS));
  });

  it('begins every larger population with the smaller one', () => {
    const small = [...generateHouseholds(OPTIONS)];
    const large = generateHouseholds({ ...OPTIONS, people: 100_000 });
    for (const household of small.slice(0, -1)) {
      expect(large.next().value).toEqual(household);
    }
    const cut = small.at(-1)!;
    const whole = large.next().value!;
    expect(whole.rows.slice(0, cut.rows.length)).toEqual(cut.rows);
  });

  it('streams 100 000 people without keeping what it has given', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heapAt = new Map<number, number>();
    let people = 0;
    for (const household of generateHouseholds({ ...OPTIONS, people: 100_000 })) {
      people += household.rows.length;
      if (household.index !== 1_000 && household.index !== 12_000) continue;
      collect();
      heapAt.set(household.index, process.memoryUsage().heapUsed);
    }
    expect(people).toBe(100_000);
    // 11 000 households kept would be 100 MB and more.
    expect(heapAt.get(12_000)! - heapAt.get(1_000)!).toBeLessThan(20_000_000);
  }, 180_000);

  it('gives every card its own number, sex first, the centre with a letter sometimes', () => {
    const { households, registries } = generatePopulation({ ...OPTIONS, people: 20_000 });
    const issued = households.reduce((sum, household) => sum + household.idCards.length, 0);
    expect(registries.idCards.size).toBe(issued);
    const numbers = [...registries.idCards.keys()];
    expect(numbers.every((number) => /^[12][0-9A-Z]\d\d(19|20)\d\d\d{5,6}$/.test(number))).toBe(true);
    expect(numbers.some((number) => /^[12][A-Z]/.test(number))).toBe(true);
    for (const card of registries.idCards.values())
      expect(card.nin.startsWith(card.sex === 'M' ? '1' : '2')).toBe(true);
  });

  it('makes no error at all when asked for none', () => {
    const { truth, households } = generatePopulation({ ...OPTIONS, errorRate: 0 });
    const kinds = new Set(truth.map((entry) => entry.documents.numberOnLine));
    expect([...kinds].sort()).toEqual(['none', 'own']);
    expect(truth.some((entry) => entry.mustNotEnrol === 'carries-another-number')).toBe(false);
    for (const household of households) expect(household.reference).toMatch(/^SN\d{0,4}-\d{7,13}-\d{1,4}$/);
  });

  it('refuses options that mean nothing', () => {
    for (const wrong of [
      { people: -1 },
      { people: 1.5 },
      { alreadyCovered: 1.2 },
      { errorRate: -1 },
      { asOf: '21/11/2026' },
    ]) {
      expect(() => generatePopulation({ ...OPTIONS, ...wrong })).toThrow(RangeError);
    }
    expect(generatePopulation({ ...OPTIONS, people: 0 }).truth).toEqual([]);
  });
});
