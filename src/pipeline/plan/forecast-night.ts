import {
  nightCapacity,
  type Crew,
  type Limit,
  type NightLoad,
  type PhaseLoad,
} from '../../domain/capacity/night-capacity.ts';
import { OpeningClock, type DayRange } from '../../exchange/flow/opening-hours.ts';

export interface ForecastOrder {
  readonly load: NightLoad;
  readonly crew: Crew;
  readonly people: number;
  readonly startsAt: Date;
  /** By destination; null: always open. */
  readonly hours: Readonly<Record<string, readonly DayRange[] | null>>;
  readonly timeZone: string;
}

export interface PhaseForecast {
  readonly phase: 'verify' | 'register' | 'closing';
  /** Of work, seconds. */
  readonly seconds: number;
  /** Waiting for a destination to open, seconds. */
  readonly closedSeconds: number;
  /** What holds the phase back; null for the closing, which one process does by itself. */
  readonly limit: Limit | null;
}

export interface Forecast {
  readonly phases: readonly PhaseForecast[];
  /** Over the whole night, waiting included; 0 with nobody to do. */
  readonly peoplePerSecond: number;
  /** Null: never within {@link LONGEST_DAYS}. */
  readonly endsAt: Date | null;
}

/** A night that is not over by then is none. */
const LONGEST_DAYS = 30;

/**
 * Says how long a night takes. A phase goes on while all destinations it calls are open, because a household needs them
 * one after the other; the rest is the model's arithmetic.
 */
export function forecastNight(order: ForecastOrder): Forecast {
  const { load, crew, people, startsAt } = order;
  const capacity = nightCapacity(load, crew);
  const verify = { seconds: people * capacity.verifySecondsPerPerson, ...held(load.verify, order) };
  const register = { seconds: people * capacity.registerSecondsPerPerson, ...held(load.register, order) };
  const closing = { seconds: people * capacity.closingSecondsPerPerson, clocks: [] };
  const verified = workUntil(startsAt, verify);
  const registered = verified && workUntil(verified.at, register);
  const closed = registered && workUntil(registered.at, closing);
  const endsAt = closed?.at ?? null;
  return {
    phases: [
      { phase: 'verify', ...shown(verify, verified), limit: capacity.verify[0] ?? null },
      { phase: 'register', ...shown(register, registered), limit: capacity.register[0] ?? null },
      { phase: 'closing', ...shown(closing, closed), limit: null },
    ],
    peoplePerSecond: endsAt === null || people === 0 ? 0 : (people * 1_000) / (endsAt.getTime() - startsAt.getTime()),
    endsAt,
  };
}

interface Work {
  readonly seconds: number;
  readonly clocks: readonly OpeningClock[];
}

function held({ calls }: PhaseLoad, { hours, timeZone }: ForecastOrder): Pick<Work, 'clocks'> {
  const names = [...new Set(calls.map(({ destination }) => destination))];
  return {
    clocks: names.flatMap((name) => {
      const ranges = hours[name] ?? null;
      return ranges === null ? [] : [new OpeningClock({ ranges, timeZone })];
    }),
  };
}

function shown(
  { seconds }: Work,
  end: { readonly closedSeconds: number } | null,
): Pick<PhaseForecast, 'seconds' | 'closedSeconds'> {
  return { seconds, closedSeconds: end?.closedSeconds ?? 0 };
}

const MINUTE_MS = 60_000;

/** When that much work is done, minute by minute where anybody closes. Null: not within a month. */
function workUntil(
  from: Date,
  { seconds, clocks }: Work,
): { readonly at: Date; readonly closedSeconds: number } | null {
  let at = from.getTime();
  const latest = at + LONGEST_DAYS * 1_440 * MINUTE_MS;
  let left = seconds * 1_000;
  if (clocks.length === 0) return at + left > latest ? null : { at: new Date(at + left), closedSeconds: 0 };
  let closedMs = 0;
  while (left > 0) {
    if (at > latest) return null;
    const waitMs = Math.max(...clocks.map((clock) => clock.waitMs(new Date(at))));
    const step = waitMs > 0 ? waitMs : Math.min(left, MINUTE_MS - (at % MINUTE_MS));
    if (waitMs > 0) closedMs += waitMs;
    else left -= step;
    at += step;
  }
  return { at: new Date(at), closedSeconds: closedMs / 1_000 };
}

/** The next time the clock of the zone shows this hour, `HH:MM`; a minute that a change of the clocks leaves out is passed. */
export function nextHour(now: Date, hour: string, timeZone: string): Date {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short', hourCycle: 'h23' });
  let at = Math.ceil(now.getTime() / MINUTE_MS) * MINUTE_MS;
  for (let minute = 0; minute < 2 * 1_440 && format.format(at) !== hour; minute++) at += MINUTE_MS;
  return new Date(at);
}
