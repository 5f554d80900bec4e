import { formatPartialDate } from '../../src/domain/partial-date.ts';
import type { PartialDate } from '../../src/domain/partial-date.ts';

/** A birth date as the contract writes it; an approximate year as its year, since it has no other form; null unknown. */
export function contractDate(date: PartialDate): string | null {
  const text = formatPartialDate(date.precision === 'about' ? { ...date, precision: 'year' } : date);
  return text === '' ? null : text;
}

/**
 * The part of a birth date a search may be narrowed by. An approximate year is left out: sent as an exact one it would
 * hide the right person and leave a namesake of that very year as the only candidate.
 */
export function searchableDate(date: PartialDate): string | null {
  return date.precision === 'about' ? null : contractDate(date);
}
