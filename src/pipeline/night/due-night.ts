import type { IsoDate } from '../../domain/partial-date.ts';

/** When nights fall due. */
export interface NightTimes {
  /** Hour of the night in the zone, `HH:MM`. */
  readonly at: string;
  readonly timeZone: string;
}

/**
 * The date of the latest night that has fallen due: today once its hour has struck in the zone, yesterday before that.
 * Where the machine stands and what its own zone is plays no part.
 */
export function dueNight(now: Date, { at, timeZone }: NightTimes): IsoDate {
  // The Swedish writing of an instant is ISO 8601.
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(now);
  const [today = '', time = ''] = parts.split(' ');
  return time >= at ? today : dayBefore(today);
}

function dayBefore(day: IsoDate): IsoDate {
  const instant = new Date(`${day}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() - 1);
  return instant.toISOString().slice(0, 10);
}
