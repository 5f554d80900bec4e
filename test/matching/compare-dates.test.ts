import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { partialDate } from '../../src/domain/partial-date.ts';
import { compareDates, DATE_LEVELS } from '../../src/matching/compare-dates.ts';
import { birth, rule } from './knowledge.ts';

describe('compareDates', () => {
  it.each([
    ['1987-03-14', '1987-03-14', 'equal-day'],
    ['1987-03', '1987-03-14', 'equal-month'],
    ['1987-03', '1987-03', 'equal-month'],
    ['1987', '1987-03-14', 'equal-year'],
    ['1987-01-01', '1987-03-14', 'equal-year'],
    ['1987-01-01', '1987-01-01', 'equal-year'],
    ['1987-01', '1987-03-14', 'same-year'],
    ['~1962', '1962', 'about'],
    ['~1962', '1964-05-06', 'about'],
    ['~1962', '1965', 'further'],
    ['1987-03-14', '1987-03-15', 'slip'],
    ['1987-03-14', '1987-03-41', 'equal-month'],
    ['1987-03-12', '1987-12-03', 'slip'],
    ['1987-03-14', '1978-03-14', 'slip'],
    ['1987-03-14', '1997-03-14', 'slip'],
    ['1987-03-14', '1987-04-15', 'two-slips'],
    ['1987-03-14', '1987-12-25', 'same-year'],
    ['1987-03', '1987-04', 'same-year'],
    ['1987-03', '1988-03', 'near-year'],
    ['1987-03-14', '1989-11-30', 'near-year'],
    ['1987-03-14', '1995-11-30', 'further'],
    ['1987', '1990', 'further'],
    ['', '1987', 'missing'],
    ['', '', 'missing'],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(compareDates(birth(a), birth(b), rule)).toBe(expected);
    expect(compareDates(birth(b), birth(a), rule)).toBe(expected);
  });

  it('knows which days stand for "unknown" from the rule alone', () => {
    const heaped = { ...rule, placeholderDays: ['12-31'] };
    expect(compareDates(birth('1987-12-31'), birth('1987-03-14'), heaped)).toBe('equal-year');
    expect(compareDates(birth('1987-01-01'), birth('1987-01-01'), heaped)).toBe('equal-day');
  });

  it('is symmetric and always gives a level', () => {
    const part = (max: number) => fc.option(fc.integer({ min: 0, max }), { nil: null });
    const date = fc.tuple(fc.option(fc.integer({ min: 1980, max: 1990 }), { nil: null }), part(13), part(32));
    fc.assert(
      fc.property(date, date, (a, b) => {
        const level = compareDates(partialDate(...a), partialDate(...b), rule);
        expect(DATE_LEVELS).toContain(level);
        expect(compareDates(partialDate(...b), partialDate(...a), rule)).toBe(level);
      }),
      { numRuns: 2000 },
    );
  });
});
