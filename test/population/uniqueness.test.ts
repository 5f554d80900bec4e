import { describe, expect, it } from '@jest/globals';
import { householdReference } from '../../fixtures/population/survey/household-reference.ts';
import type { Human } from '../../fixtures/population/family/human.ts';
import { nationalId, placeOfNumber, registerPlace } from '../../fixtures/population/papers/national-id.ts';
import { Country } from '../../fixtures/population/tables/place.ts';
import { RandomStream } from '../../fixtures/population/random/random-stream.ts';
import { loadRates } from '../../fixtures/population/tables/rates.ts';

const person = (sex: 'M' | 'F') => ({ sex }) as Human;

describe('numbers unique by construction', () => {
  it('never gives a centre and an order number twice inside a département', () => {
    const seen = new Set<string>();
    let given = 0;
    for (let index = 0; index < 70_000; index += 1) {
      const { centre, order } = registerPlace('seed', index, index % 31, 3);
      seen.add(`${centre}/${order}`);
      given += 1;
    }
    expect(seen.size).toBe(given);
  });

  it('keeps the centres of départements apart', () => {
    const codes = new Set<string>();
    for (let departement = 0; departement < 46; departement++) {
      for (let index = 0; index < 16; index++) codes.add(registerPlace('seed', index, 0, departement).centre);
    }
    expect(codes.size).toBe(46 * 16);
    expect([...codes].every((code) => /^[0-9A-Z]\d\d$/.test(code))).toBe(true);
  });

  it('finds the household and the person a number was made for, five digits or six', () => {
    for (const index of [0, 1, 13, 15, 16, 47, 9_999, 49_999, 50_000, 60_001, 128_831, 400_015]) {
      for (const position of [0, 7, 31]) {
        for (const departement of [0, 21, 45]) {
          const register = registerPlace('seed', index, position, departement);
          const number = nationalId(person('F'), register, 1987);
          expect(number).toMatch(/^2[0-9A-Z]\d\d1987\d{5,6}$/);
          expect(placeOfNumber('seed', number)).toEqual({ index, position });
        }
      }
    }
    expect(placeOfNumber('seed', '20119760119713449')).toBeNull();
    expect(placeOfNumber('seed', '1,3532E+12')).toBeNull();
  });

  it('never gives a household reference twice, damaged or not', () => {
    const country = new Country();
    const rates = loadRates(5);
    const stream = new RandomStream('references');
    const keys = new Set<string>();
    for (let index = 0; index < 60_000; index++) {
      keys.add(householdReference(index, country.draw(stream, 0.5), rates, stream).key);
    }
    expect(keys.size).toBe(60_000);
  });
});
