import { beforeAll, describe, expect, it } from '@jest/globals';
import { Country } from '../../fixtures/population/tables/place.ts';
import { generatePopulation } from '../../fixtures/population/population.ts';
import type { RnuRow } from '../../fixtures/population/rnu-row.ts';

describe('places', () => {
  const country = new Country();
  let heads: RnuRow[];

  beforeAll(() => {
    const { households } = generatePopulation({ people: 60_000, seed: 'lieux', asOf: '2026-11-21' });
    heads = households.flatMap((household) => household.rows.slice(0, 1));
  });

  it('knows 14 régions and 46 départements, numbered as the RNU numbers them', () => {
    const codes = (place: { regionCode: string; departementDigit: string }) =>
      place.regionCode + place.departementDigit;
    expect(new Set(country.places.map((place) => place.region)).size).toBe(14);
    expect(new Set(country.places.map(codes)).size).toBe(46);
    const digits: [string, string][] = [
      ['DAGANA', '041'],
      ['LINGUERE', '082'],
      ['RANEROU', '113'],
      ['KEUR MASSAR', '015'],
    ];
    for (const [departement, code] of digits) {
      const place = country.places.find((one) => one.departement === departement);
      expect(place === undefined ? null : codes(place)).toBe(code);
    }
    for (const place of country.places) expect(place.commune).toMatch(/^[A-Z' -]+$/);
  });

  it('reaches every région, and writes the code of the département into the reference', () => {
    expect(new Set(heads.map((row) => row.region)).size).toBeGreaterThanOrEqual(14);
    const known = new Map(
      country.places.map((place) => [place.departement, place.regionCode + place.departementDigit]),
    );
    for (const row of heads) {
      const code = known.get(row.departement);
      const area = /^SN\d{0,4}-(\d+)/.exec(row.referenceMenage.trim())?.[1] ?? '';
      if (code === undefined || row.departement === 'PIKINE') continue;
      expect(area.startsWith(code) || area.startsWith(code.replace(/^0/, ''))).toBe(true);
    }
  });

  it('leaves people of Keur Massar in Pikine, spells some places otherwise, and cannot place a few', () => {
    const massar = new Set(
      country.places.filter((place) => place.departement === 'KEUR MASSAR').map((place) => place.commune),
    );
    const there = heads.filter((row) => massar.has(row.commune));
    const inPikine = there.filter((row) => row.departement === 'PIKINE').length;
    expect(inPikine).toBeGreaterThan(0);
    expect(inPikine).toBeLessThan(there.length);
    const known = new Set(country.places.map((place) => place.departement));
    const communes = new Set(country.places.map((place) => place.commune));
    const respelled = heads.filter((row) => !known.has(row.departement) && communes.has(row.commune));
    expect(respelled.length / heads.length).toBeGreaterThan(0.01);
    const unknown = heads.filter((row) => !communes.has(row.commune)).length / heads.length;
    expect(unknown).toBeGreaterThan(0.0008);
    expect(unknown).toBeLessThan(0.008);
  });

  it('gives nobody a telephone number that could ring', () => {
    for (const row of heads) expect(row.telephone).toMatch(/^$|^(\+221)?7[05678] ?000 ?\d\d ?\d\d$/);
  });
});
