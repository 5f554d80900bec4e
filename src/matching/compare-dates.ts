import { formatPartialDate, partialDate } from '../domain/partial-date.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import { atMostOneEdit } from './edit-distance.ts';
import type { IdentityRule } from './identity-rule.ts';

/** How close two birth dates are, best first; `missing` when a year is unknown. */
export const DATE_LEVELS = [
  'equal-day',
  'equal-month',
  'equal-year',
  'about',
  'slip',
  'two-slips',
  'same-year',
  'near-year',
  'further',
  'missing',
] as const;

/**
 * `equal-*`: everything known on both sides agrees, at that precision. `about`: an approximate year within its
 * tolerance. `slip`: full dates one digit apart, or day and month exchanged.
 */
export type DateLevel = (typeof DATE_LEVELS)[number];

export type DateRule = Pick<IdentityRule, 'aboutYearsTolerance' | 'nearYears' | 'placeholderDays'>;

/** Compares two birth dates at the coarser of their precisions. Symmetric. */
export function compareDates(left: PartialDate, right: PartialDate, rule: DateRule): DateLevel {
  const [a, b] = [withoutPlaceholder(left, rule), withoutPlaceholder(right, rule)];
  if (a.year === null || b.year === null) return 'missing';
  const yearsApart = Math.abs(a.year - b.year);
  if (a.precision === 'about' || b.precision === 'about')
    return yearsApart <= rule.aboutYearsTolerance ? 'about' : 'further';
  const equal = equalAtCoarser(a, b);
  if (equal !== null) return equal;
  if (a.day !== null && b.day !== null) {
    const slips = countSlips(a, b);
    if (slips === 1) return 'slip';
    if (slips === 2) return 'two-slips';
  }
  if (yearsApart === 0) return 'same-year';
  return yearsApart <= rule.nearYears ? 'near-year' : 'further';
}

/** A date whose day and month only stand for "unknown" (01/01) is a year. */
export function withoutPlaceholder(date: PartialDate, rule: Pick<IdentityRule, 'placeholderDays'>): PartialDate {
  const isPlaceholder = date.day !== null && rule.placeholderDays.includes(formatPartialDate(date).slice(5));
  return isPlaceholder ? partialDate(date.year) : date;
}

function equalAtCoarser(a: PartialDate, b: PartialDate): DateLevel | null {
  if (a.year !== b.year) return null;
  if (a.month === null || b.month === null) return 'equal-year';
  if (a.month !== b.month) return null;
  if (a.day === null || b.day === null) return 'equal-month';
  return a.day === b.day ? 'equal-day' : null;
}

function countSlips(a: PartialDate, b: PartialDate): number {
  if (a.year === b.year && a.day === b.month && a.month === b.day) return 1;
  const [textA, textB] = [formatPartialDate(a), formatPartialDate(b)];
  if (atMostOneEdit(textA, textB)) return 1;
  let differing = 0;
  for (let i = 0; i < textA.length; i++) if (textA[i] !== textB[i]) differing++;
  return differing;
}
