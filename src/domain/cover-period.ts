import type { IsoDate } from './partial-date.ts';

/** First and last day of a cover of `months` months that starts on `start`: 12 months from 21/11/2026 end on 20/11/2027. */
export function coverPeriod(start: IsoDate, months: number): { start: IsoDate; end: IsoDate } {
  const [year, month, day] = start.split('-').map(Number) as [number, number, number];
  const firstOfMonth = new Date(Date.UTC(year, month - 1 + months, 1));
  const daysThere = new Date(Date.UTC(firstOfMonth.getUTCFullYear(), firstOfMonth.getUTCMonth() + 1, 0)).getUTCDate();
  // 31 August + 6 months is 28 February, whose eve is the last day of cover.
  const anniversary = new Date(firstOfMonth);
  anniversary.setUTCDate(Math.min(day, daysThere));
  anniversary.setUTCDate(anniversary.getUTCDate() - 1);
  return { start, end: anniversary.toISOString().slice(0, 10) };
}

/** First day of a cover of `months` months that ends on `end`. */
export function coverStartOf(end: IsoDate, months: number): IsoDate {
  const dayAfter = new Date(`${end}T00:00:00Z`);
  dayAfter.setUTCDate(dayAfter.getUTCDate() + 1);
  dayAfter.setUTCMonth(dayAfter.getUTCMonth() - months);
  return dayAfter.toISOString().slice(0, 10);
}

/** The first day on which a cover of an earlier campaign may end without being renewed on `runDate`. */
export function renewableBefore(runDate: IsoDate, leadDays: number): IsoDate {
  const day = new Date(`${runDate}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + leadDays);
  return day.toISOString().slice(0, 10);
}
