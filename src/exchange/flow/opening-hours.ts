/** A part of the day, in minutes after midnight; `from` > `to` crosses midnight. */
export interface DayRange {
  readonly from: number;
  /** Excluded; 1440 is the end of the day. */
  readonly to: number;
}

/** When a destination may be called, in the wall time of a zone. */
export interface OpeningHours {
  readonly ranges: readonly DayRange[];
  /** IANA name: `Africa/Dakar`. */
  readonly timeZone: string;
}

const DAY = 1_440;
const MINUTE_MS = 60_000;
const RANGE = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** Reads `20:00-06:00,12:30-14:00`. Null when any part is not two hours of the day that differ. */
export function parseDayRanges(text: string): readonly DayRange[] | null {
  const ranges = text.split(',').map((part) => dayRange(part.trim()));
  const readable = ranges.filter((range) => range !== null);
  return readable.length === ranges.length ? readable : null;
}

function dayRange(text: string): DayRange | null {
  const match = RANGE.exec(text);
  if (match === null) return null;
  const [, fromHour, fromMinute, toHour, toMinute] = match;
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = toHour === undefined ? DAY : Number(toHour) * 60 + Number(toMinute);
  return from === to ? null : { from, to };
}

/**
 * Tells whether a destination is open. The wait is counted in wall time: in a zone that sets its clocks forward that
 * night, the opening is noticed up to an hour late.
 */
export class OpeningClock {
  readonly #ranges: readonly DayRange[];
  readonly #format: Intl.DateTimeFormat;
  #minute = Number.NaN;
  #waitMinutes = 0;

  constructor({ ranges, timeZone }: OpeningHours) {
    this.#ranges = ranges;
    this.#format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }

  /** Milliseconds until the next opening; 0 while open. */
  waitMs(now: Date): number {
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    // Every call asks, and formatting costs more than all other checks together: once a minute is enough.
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#waitMinutes = this.#minutesUntilOpen(now);
    }
    return this.#waitMinutes === 0 ? 0 : this.#waitMinutes * MINUTE_MS - (now.getTime() - minute * MINUTE_MS);
  }

  #minutesUntilOpen(now: Date): number {
    const [hour = '0', minute = '0'] = this.#format.format(now).split(':');
    const at = Number(hour) * 60 + Number(minute);
    if (this.#ranges.some((range) => covers(range, at))) return 0;
    return Math.min(...this.#ranges.map(({ from }) => (from - at + DAY) % DAY));
  }
}

function covers({ from, to }: DayRange, at: number): boolean {
  return from < to ? at >= from && at < to : at >= from || at < to;
}
