import type { Backend, Sabotage } from '../chaos-options.ts';
import { seededRandom } from './seeded-random.ts';

/** What is done to a run. Docs: `docs/reliability.md`. */
export const DISTURBANCES = [
  'kill',
  'kill-after-effect',
  'kill-all',
  'freeze',
  'long-freeze',
  'freeze-unanswered',
  'freeze-across-phases',
  'queue-wipe',
  'queue-restart',
  'database-cut',
  'database-restart',
  'read-only',
  'partner-restart',
  'retire',
] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

/** One of them, due once so much of the run is done: 0 at its beginning, 1 when everybody has an outcome. */
export interface PlannedDisturbance {
  readonly at: number;
  readonly what: Disturbance;
}

/** How many people there are to one of each; at least `least` whatever the number. */
const SHARES: Readonly<Record<Exclude<Disturbance, 'freeze-across-phases'>, { people: number; least: number }>> = {
  // Beside the kills of `kill-all`, for which see below.
  kill: { people: 2_000, least: 3 },
  'kill-after-effect': { people: 10_000, least: 2 },
  'kill-all': { people: 25_000, least: 1 },
  freeze: { people: 8_000, least: 1 },
  'long-freeze': { people: 8_000, least: 2 },
  'freeze-unanswered': { people: 20_000, least: 1 },
  'queue-wipe': { people: 9_000, least: 2 },
  'queue-restart': { people: 20_000, least: 1 },
  'database-cut': { people: 9_000, least: 2 },
  'database-restart': { people: 25_000, least: 1 },
  'read-only': { people: 25_000, least: 1 },
  'partner-restart': { people: 20_000, least: 1 },
  retire: { people: 20_000, least: 1 },
};

/** Where in the run the first and the last are due: what is due at the very end would not be met any more. */
const FIRST = 0.02;
const LAST = 0.92;

/** Those that need a registration under way are due among registrations, at the very beginning for the first. */
const AMONG_REGISTRATIONS: ReadonlySet<Disturbance> = new Set(['kill-after-effect', 'freeze-unanswered']);
const FIRST_REGISTRATIONS = 0.501;

/** Where verifying nears its end: whoever is frozen here wakes up among registrations. */
const BEFORE_REGISTERING = [0.3, 0.42];

/** Of the options of a run, those the plan follows from. */
export interface PlanOrder {
  readonly people: number;
  readonly workers: number;
  readonly seed: string;
  readonly sabotage?: Sabotage | null;
}

/**
 * The plan of a run, in order. Of each kind there are as many as the number of people asks for, one in each equal part
 * of the run, so that every phase is met whatever the seed.
 */
export function planDisturbances(
  { people, workers, seed, sabotage = null }: PlanOrder,
  backend: Backend,
): readonly PlannedDisturbance[] {
  const random = seededRandom(`${seed}|plan`);
  // They sleep long, and one must stay awake; another as well where a freeze is to show what is missing.
  const across = BEFORE_REGISTERING.slice(0, sabotage === 'fence' ? 1 : workers - 1);
  const planned: PlannedDisturbance[] = across.map((at) => ({ at, what: 'freeze-across-phases' }));
  for (const [what, share] of Object.entries(SHARES) as [keyof typeof SHARES, { people: number; least: number }][]) {
    // Queues in PostgreSQL restart with it.
    if (what === 'queue-restart' && backend === 'postgres') continue;
    const count = Math.max(share.least, Math.ceil(people / share.people));
    const first = AMONG_REGISTRATIONS.has(what) ? FIRST_REGISTRATIONS : FIRST;
    const part = (LAST - first) / count;
    for (let index = 0; index < count; index++) {
      const within = AMONG_REGISTRATIONS.has(what) ? 0 : random();
      planned.push({ at: first + part * (index + within), what });
    }
  }
  return planned.sort((one, other) => one.at - other.at);
}

/**
 * What a sabotage needs to show: in a sabotaged run it is done again and again, until somebody was registered twice or
 * nobody is left to register. The window of an unknown outcome needs no more than the partner's late effects.
 */
export const SHOWS: Readonly<Record<Sabotage, Disturbance | null>> = {
  intent: 'kill-after-effect',
  fence: 'freeze-unanswered',
  'settle-window': null,
};

/**
 * What would hide a sabotage, and waits until it has shown itself: a frozen process whose session is cut cannot write over
 * anybody's work.
 */
export const HIDES: Readonly<Record<Sabotage, ReadonlySet<Disturbance>>> = {
  intent: new Set(),
  fence: new Set(['database-cut', 'database-restart']),
  'settle-window': new Set(),
};

/** What is done once when SIGICMU is read back, in this order, as far as the reading lasts. */
export const AT_THE_END: readonly Disturbance[] = ['database-cut', 'kill', 'queue-wipe'];
