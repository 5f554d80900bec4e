import { beforeAll, describe, expect, it } from '@jest/globals';
import { generatePopulation, type Population } from '../../fixtures/population/population.ts';

describe('what the registries hold', () => {
  let population: Population;
  const group = <T>(items: readonly T[], key: (item: T) => string) => {
    const groups = new Map<string, T[]>();
    for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
    return [...groups.values()];
  };

  beforeAll(() => {
    population = generatePopulation({ people: 30_000, seed: 'registres', asOf: '2026-11-21' });
  });

  it('shows acts under extract numbers of 13 characters made of their key', () => {
    const odd = population.registries.birthActs.filter((act) => {
      const key = `${act.centre}${act.registerYear}${act.registerNumber.padStart(6, '0')}`;
      return act.extractNumber !== key || key.length !== 13;
    });
    expect(odd).toEqual([]);
  });

  it('gives one act number to two people sometimes, who share neither name nor parents', () => {
    const shared = group(population.registries.birthActs, (act) => act.extractNumber).filter((acts) => acts.length > 1);
    expect(shared.length).toBeGreaterThan(20);
    expect(shared.length).toBeLessThan(200);
    const unlike = shared.filter((acts) => new Set(acts.map((act) => act.motherFamilyName)).size > 1);
    expect(unlike.length / shared.length).toBeGreaterThan(0.8);
  });

  it('has namesakes of the same month with other parents', () => {
    const key = (act: (typeof population.registries.birthActs)[number]) =>
      [act.familyName, ...act.givenNames, act.sex, act.birthDate?.slice(0, 7)].join(' ');
    const namesakes = group(population.registries.birthActs, key).filter((acts) => acts.length > 1);
    expect(namesakes.length).toBeGreaterThan(80);
  });

  it('registers a judgment years after the birth, and everybody else in the year of birth', () => {
    const judged = population.registries.birthActs.filter((act) => act.actType === 'JUGEMENT');
    expect(judged.length / population.registries.birthActs.length).toBeGreaterThan(0.12);
    for (const act of judged) expect(Number(act.registerYear)).toBeGreaterThan(Number(act.birthDate?.slice(0, 4)) - 2);
    expect(judged.some((act) => Number(act.registerYear) - Number(act.birthDate?.slice(0, 4)) > 10)).toBe(true);
  });

  it('leaves children of the south without an act more often', () => {
    const south = new Set(['KOLDA', 'TAMBACOUNDA', 'KEDOUGOU', 'SEDHIOU']);
    const share = (inSouth: boolean) => {
      let [children, without] = [0, 0];
      for (const household of population.households) {
        household.rows.forEach((row, line) => {
          if (Number(row.age) >= 6 || south.has(row.region) !== inSouth) return;
          children += 1;
          if (household.truth[line]?.documents.act === 'none') without += 1;
        });
      }
      return without / children;
    };
    expect(share(true)).toBeGreaterThan(0.33);
    expect(share(false)).toBeGreaterThan(0.15);
    expect(share(false)).toBeLessThan(0.25);
  });

  it('issues cards from October 2016 on, for ten years, and lets the first ones run out', () => {
    const cards = [...population.registries.idCards.values()];
    const wrong = cards.filter((card) => {
      const expired = (card.expiresOn ?? '') < '2026-11-21';
      return (card.expiresOn ?? '') < '2026-10-04' || card.status === (expired ? 'VALIDE' : 'EXPIREE');
    });
    expect(wrong).toEqual([]);
    expect(new Set(cards.map((card) => card.status))).toEqual(new Set(['VALIDE', 'EXPIREE', 'DECEDE']));
  });

  it('announces the batch it holds', () => {
    const [batch] = population.registries.rnuBatches;
    expect(batch).toMatchObject({ batchNumber: 'LOT-2026-001', extractedOn: '2026-11-21' });
    expect(batch?.rows).toHaveLength(30_000);
    expect(batch?.households).toBe(population.households.length);
  });
});
