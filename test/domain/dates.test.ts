import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverPeriod } from '../../src/domain/cover-period.ts';
import {
  aboutYear,
  formatPartialDate,
  formatPartialDateFrench,
  parsePartialDate,
  partialDate,
  UNKNOWN_DATE,
  youngestAgeOn,
} from '../../src/domain/partial-date.ts';

describe('a cover', () => {
  it.each([
    ['2026-11-21', 12, '2027-11-20'],
    ['2027-01-01', 12, '2027-12-31'],
    ['2028-02-29', 12, '2029-02-27'],
    ['2026-08-31', 6, '2027-02-27'],
    ['2027-08-31', 6, '2028-02-28'],
    ['2026-03-01', 1, '2026-03-31'],
  ])('from %s for %i months ends on %s', (start, months, end) => {
    expect(coverPeriod(start, months)).toEqual({ start, end });
  });

  it('always ends after it starts', () => {
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), (day, months) => {
        const { start, end } = coverPeriod(day.toISOString().slice(0, 10), months);
        expect(end > start).toBe(true);
      }),
    );
  });
});

describe('a partial date', () => {
  it('survives being written and read', () => {
    const number = fc.option(fc.integer({ min: -5, max: 40 }));
    fc.assert(
      fc.property(fc.integer({ min: 1840, max: 2210 }), number, number, (year, month, day) => {
        const date = partialDate(year, month, day);
        expect(parsePartialDate(formatPartialDate(date))).toEqual(date);
        expect(parsePartialDate(formatPartialDateFrench(date))).toEqual(date);
      }),
    );
  });

  it('loses only the part that is impossible', () => {
    expect(partialDate(1987, 2, 30)).toEqual({ precision: 'month', year: 1987, month: 2, day: null });
    expect(partialDate(1987, 13, 3)).toEqual({ precision: 'year', year: 1987, month: null, day: null });
    expect(partialDate(2000, 2, 29).precision).toBe('day');
    expect(partialDate(1900, 2, 29).precision).toBe('month');
    expect(partialDate(null, 5, 5)).toEqual(UNKNOWN_DATE);
    expect(partialDate(87)).toEqual(UNKNOWN_DATE);
  });

  it('never throws, whatever is written', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parsePartialDate(text).precision === 'string'));
    for (const text of ['', '1987-3-4', '32/13', '87', '1987-', 'né en 1987', '０１/０２/１９８７'])
      expect(parsePartialDate(text)).toEqual(UNKNOWN_DATE);
  });

  it('is written in French', () => {
    expect(formatPartialDateFrench(partialDate(1987, 3, 4))).toBe('04/03/1987');
    expect(formatPartialDateFrench(partialDate(1987, 3))).toBe('03/1987');
    expect(formatPartialDateFrench(aboutYear(1962))).toBe('vers 1962');
    expect(formatPartialDate(aboutYear(1962))).toBe('~1962');
    expect(formatPartialDateFrench(UNKNOWN_DATE)).toBe('');
  });

  it.each([
    [partialDate(2008, 11, 21), 18],
    [partialDate(2008, 11, 22), 17],
    [partialDate(2008, 11), 17],
    [partialDate(2008, 10), 18],
    [partialDate(2008), 17],
    [aboutYear(2007), 18],
    [partialDate(2030), 0],
    [UNKNOWN_DATE, null],
  ])('gives the youngest age: %j on 21/11/2026 is %s', (birth, age) => {
    expect(youngestAgeOn(birth, '2026-11-21')).toBe(age);
  });
});
