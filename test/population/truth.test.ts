import { beforeAll, describe, expect, it } from '@jest/globals';
import { generatePopulation, type Population } from '../../fixtures/population/population.ts';
import { householdKey } from '../../fixtures/population/survey/household-reference.ts';
import type { RnuRow } from '../../fixtures/population/rnu-row.ts';

describe('the truth beside a batch', () => {
  let population: Population;
  let rows: RnuRow[];
  const refOf = (row: RnuRow) => `${householdKey(row.referenceMenage)}/${row.numeroOrdre}`;

  beforeAll(() => {
    population = generatePopulation({ people: 20_000, seed: 'truth', asOf: '2026-11-21' });
    rows = population.households.flatMap((household) => household.rows);
  });

  it('speaks of every line once, in the order of the batch', () => {
    const refs = population.truth.map((entry) => entry.ref);
    expect(new Set(refs).size).toBe(refs.length);
    expect(refs).toEqual(rows.map(refOf));
    expect(population.registries.rnuBatches[0]?.rows.map((row) => row['nomComplet'])).toEqual(
      rows.map((row) => row.nomComplet),
    );
  });

  it('tells households apart whatever happened to their references', () => {
    const keys = new Set(population.households.map((household) => householdKey(household.reference)));
    expect(keys.size).toBe(population.households.length);
    const written = population.households.map((household) => household.reference);
    expect(written.some((reference) => /[A-Z]{3} -/.test(reference))).toBe(true);
    expect(written.some((reference) => reference.includes('  -'))).toBe(true);
    expect(written.some((reference) => /DG\d\d$/.test(reference))).toBe(true);
    expect(written.some((reference) => /^SN2-\d{7}-/.test(reference))).toBe(true);
  });

  it('leads every repeated appearance to an earlier line of the same living human', () => {
    const byRef = new Map(population.truth.map((entry, line) => [entry.ref, { entry, line }]));
    const repeats = population.truth.filter((entry) => entry.mustNotEnrol === 'duplicate');
    expect(repeats.length).toBeGreaterThan(100);
    for (const repeat of repeats) {
      const first = byRef.get(repeat.sameHumanAs ?? '');
      expect(first?.entry.human).toBe(repeat.human);
      expect(first?.line).toBeLessThan(byRef.get(repeat.ref)!.line);
      expect(first?.entry.sameHumanAs).toBeUndefined();
      expect(first?.entry.mustNotEnrol).not.toBe('deceased');
    }
    const humans = population.truth.filter((entry) => entry.sameHumanAs === undefined).map((entry) => entry.human);
    expect(new Set(humans).size).toBe(humans.length);
  });

  it('expects nobody to see a repeated appearance that no record ties to the first', () => {
    const byRef = new Map(population.truth.map((entry) => [entry.ref, entry]));
    const repeats = population.truth.filter((entry) => entry.mustNotEnrol === 'duplicate');
    const untied = repeats.filter((entry) => !entry.registriesKnow);
    for (const { sameHumanAs } of untied) {
      const first = byRef.get(sameHumanAs ?? '');
      expect(first?.documents.numberOnLine).not.toBe('own');
      expect(first?.documents.act).not.toBe('indexed');
    }
    const tied = repeats.filter((entry) => entry.registriesKnow);
    expect(tied.length).toBeGreaterThan(0.5 * repeats.length);
  });

  it('names a number as another person’s exactly when the card file says so', () => {
    const owner = new Map(population.truth.map((entry) => [entry.documents.nationalId, entry.human]));
    const wrong = population.truth.filter((entry, line) => {
      const number = rows[line]!.numeroCni.replaceAll(' ', '');
      const issued = population.registries.idCards.has(number);
      switch (entry.documents.numberOnLine) {
        case 'own':
          return number !== entry.documents.nationalId;
        case 'another-person':
          return (
            !issued ||
            entry.numberOwner === entry.human ||
            (owner.get(number) ?? entry.numberOwner) !== entry.numberOwner
          );
        case 'none':
        case 'mistyped':
        case 'card-number':
        case 'truncated':
        case 'first-digit-lost':
        case 'rounded':
          return issued;
      }
    });
    expect(wrong).toEqual([]);
    const kinds = new Set(population.truth.map((entry) => entry.documents.numberOnLine));
    expect(kinds.size).toBe(8);
  });

  it('marks deaths in the registries exactly where it says they are known', () => {
    const dead = population.truth.filter((entry) => entry.mustNotEnrol === 'deceased');
    const documented = dead.filter((entry) => entry.documents.card !== 'none' || entry.documents.act === 'indexed');
    const known = documented.filter((entry) => entry.registriesKnow);
    expect(known.length / documented.length).toBeGreaterThan(0.82);
    for (const entry of dead) {
      const card = population.registries.idCards.get(entry.documents.nationalId ?? '');
      expect(card?.status === 'DECEDE').toBe(entry.deathKnownBy.includes('cni'));
      expect(entry.registriesKnow).toBe(entry.deathKnownBy.length > 0);
    }
    const inCards = [...population.registries.idCards.values()].filter((card) => card.status === 'DECEDE').length;
    expect(inCards).toBeGreaterThanOrEqual(dead.filter((entry) => entry.deathKnownBy.includes('cni')).length);
  });

  it('gives a current cover exactly to those it says have one', () => {
    const byReference = new Map(population.registries.covers.map((cover) => [cover.personReference, cover]));
    let found = 0;
    for (const entry of population.truth) {
      const cover = byReference.get(entry.ref);
      if (cover === undefined) continue;
      found += 1;
      expect(cover.coverEnd >= '2026-11-21' ? 'current' : 'expired').toBe(entry.cover);
    }
    expect(found).toBeGreaterThan(500);
    const codes = population.registries.covers.map((cover) => cover.registrationCode);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => /^[A-Z]\d{4}[A-Z]\d{4}$/.test(code))).toBe(true);
  });
});
