import type { IsoDate } from './domain/partial-date.ts';

/** The civil day of an instant in a zone, `AAAA-MM-JJ`. */
export function civilDay(instant: Date, timeZone: string): IsoDate {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}
