/**
 * Birth dates as registries really hold them: the RNU form asks for month and year only, heads of household give a
 * year, many papers say "né vers 1962". A date is therefore never a `Date`: what is not known stays unknown, and every
 * comparison is made at the coarser precision of its two sides.
 */

/** How much of a date is known, best first. `about` is a year given as approximate or derived from an age. */
export type DatePrecision = 'day' | 'month' | 'year' | 'about' | 'unknown';

/** A date of which parts may be unknown. `month` is 1–12, `day` 1–31; both are null below their precision. */
export interface PartialDate {
  readonly precision: DatePrecision;
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
}

/** A civil calendar date, `AAAA-MM-JJ`. */
export type IsoDate = string;

export const UNKNOWN_DATE: PartialDate = Object.freeze({ precision: 'unknown', year: null, month: null, day: null });

/**
 * Builds the most precise date its parts allow. A missing or impossible month or day lowers the precision instead of
 * failing: a registry's slip in the day must not cost the year. Without a year nothing is known.
 */
export function partialDate(year: number | null, month: number | null = null, day: number | null = null): PartialDate {
  if (year === null || !Number.isInteger(year) || year < 1850 || year > 2200) return UNKNOWN_DATE;
  if (month === null || !Number.isInteger(month) || month < 1 || month > 12)
    return { precision: 'year', year, month: null, day: null };
  if (day === null || !Number.isInteger(day) || day < 1 || day > daysInMonth(year, month))
    return { precision: 'month', year, month, day: null };
  return { precision: 'day', year, month, day };
}

/** A year known only approximately: "né vers 1962", or an age in full years. */
export function aboutYear(year: number): PartialDate {
  const date = partialDate(year);
  return date.precision === 'unknown' ? date : { ...date, precision: 'about' };
}

/** Reads `AAAA`, `AAAA-MM`, `AAAA-MM-JJ`, `MM/AAAA` and `JJ/MM/AAAA`; anything else is an unknown date. */
export function parsePartialDate(text: string): PartialDate {
  const value = text.trim();
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value);
  if (iso) return partialDate(Number(iso[1]), optionalNumber(iso[2]), optionalNumber(iso[3]));
  const french = /^(?:(\d{1,2})\/)?(\d{1,2})\/(\d{4})$/.exec(value);
  if (french) return partialDate(Number(french[3]), Number(french[2]), optionalNumber(french[1]));
  return UNKNOWN_DATE;
}

/** `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`, by precision; `~AAAA` for an approximate year; empty when unknown. */
export function formatPartialDate(date: PartialDate): string {
  if (date.year === null) return '';
  const year = String(date.year).padStart(4, '0');
  if (date.precision === 'about') return `~${year}`;
  if (date.month === null) return year;
  const month = `${year}-${pad2(date.month)}`;
  return date.day === null ? month : `${month}-${pad2(date.day)}`;
}

/** As a French reader writes it: `14/03/1987`, `03/1987`, `1987`, `vers 1987`; empty when unknown. */
export function formatPartialDateFrench(date: PartialDate): string {
  if (date.year === null) return '';
  if (date.precision === 'about') return `vers ${date.year}`;
  if (date.month === null) return String(date.year);
  if (date.day === null) return `${pad2(date.month)}/${date.year}`;
  return `${pad2(date.day)}/${pad2(date.month)}/${date.year}`;
}

/**
 * Age in full years on a day. With a partial date the youngest possible age is given, so that "at least 18" can be
 * trusted and never granted on an unknown month. Null when the year is unknown.
 */
export function youngestAgeOn(birth: PartialDate, day: IsoDate): number | null {
  if (birth.year === null) return null;
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  const latestMonth = birth.month ?? 12;
  const latestDay = birth.day ?? daysInMonth(birth.year, latestMonth);
  const hadBirthday = month > latestMonth || (month === latestMonth && dayOfMonth >= latestDay);
  return Math.max(0, year - birth.year - (hadBirthday ? 0 : 1));
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function optionalNumber(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

function pad2(value: number): string {
  return String(value).padStart(2, '0');
}
