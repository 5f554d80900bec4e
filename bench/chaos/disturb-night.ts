import { setTimeout as pause } from 'node:timers/promises';
import { Aim } from './disturbances/aim.ts';
import { Disturber } from './disturbances/disturber.ts';
import { LedgerWatch } from './disturbances/ledger-watch.ts';
import {
  AT_THE_END,
  DISTURBANCES,
  HIDES,
  planDisturbances,
  SHOWS,
  type Disturbance,
  type PlannedDisturbance,
} from './disturbances/plan.ts';
import { RecoveryWatch, type Recoveries } from './disturbances/recovery-watch.ts';
import { seededRandom } from './disturbances/seeded-random.ts';
import type { Night } from './night.ts';
import { ProgressMeter, type Progress } from './progress.ts';
import type { Crew } from './servers/crew.ts';
import type { Partner } from './servers/partner.ts';
import type { RunPostgres } from './servers/postgres-server.ts';
import type { RunRedis } from './servers/redis-server.ts';

/** How a disturbed run went. */
export interface DisturbedNight {
  /** State of the run when it was let be. */
  readonly state: string;
  readonly disturbances: Readonly<Record<Disturbance, number>>;
  readonly workersKilled: number;
  /** Planned, and the run was over before. */
  readonly notDone: readonly Disturbance[];
  /** In which state of the run the disturbances struck. */
  readonly struckIn: Readonly<Record<string, number>>;
  readonly recoveries: Recoveries;
  /** Time until registering began, and until the run was over, from the start of the workers. */
  readonly verifiedMs: number | null;
  readonly workedMs: number;
}

interface Subjects {
  readonly crew: Crew;
  readonly partner: Partner;
  readonly postgres: RunPostgres;
  readonly redis: RunRedis | null;
}

/** Workers that do not stay up are a defect of the run, not a disturbance of it. */
const MOST_ENDS = 200;

/** Until a killed worker's people are sent again by others. */
const TAKEOVER_LEASES = 1.5;

const OVER = new Set(['closed', 'unbalanced', 'defective']);

/** Lets the crew work and disturbs it according to plan until the run is over, or the limit is reached. */
export async function disturbNight(night: Night, subjects: Subjects, runId: string): Promise<DisturbedNight> {
  const { options, backend, times, limitMs } = night;
  const recoveries = new RecoveryWatch(subjects.postgres);
  const phases = new PhaseGate(0.5 + Math.min(0.35, Math.max(0.03, 300 / options.people)));
  const random = seededRandom(`${options.seed}|disturber`);
  const phasePassed = (): Promise<void> => phases.passed;
  const ledger = new LedgerWatch(night.files.ledger);
  const aim = new Aim(subjects.postgres, ledger, times);
  const disturber = new Disturber({ ...subjects, recoveries, aim, times, random, phasePassed });
  const shows = options.sabotage === null ? null : SHOWS[options.sabotage];
  const waits = (what: Disturbance): boolean =>
    options.sabotage !== null && HIDES[options.sabotage].has(what) && ledger.doubles === 0;
  const plan = [...planDisturbances(options, backend)];
  const atTheEnd = [...AT_THE_END];
  const struckIn: Record<string, number> = {};
  const meter = new ProgressMeter(subjects.postgres, runId);
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  let again: (PlannedDisturbance & { readonly notBefore: number }) | null = null;
  let verifiedMs: number | null = null;
  let last: Progress = { state: 'verifying', done: 0 };

  const strike = async (what: Disturbance, progress: Progress): Promise<boolean> => {
    // Whoever cannot be disturbed now, because the database is away or the others sleep, is at the next look.
    if (!(await disturber.disturb(what).catch(() => false))) return false;
    struckIn[progress.state] = (struckIn[progress.state] ?? 0) + 1;
    night.say(`${seconds(elapsed())}  ${percent(progress.done)}  ${progress.state}: ${what}`);
    return true;
  };

  while (!OVER.has(last.state) && elapsed() < limitMs) {
    if (subjects.crew.endedByThemselves > MOST_ENDS) throw new Error('the workers do not stay up; see their logs');
    await pause(lookMs(options.people));
    const seen = await look(meter, recoveries);
    if (seen === null) continue;
    last = seen;
    if (last.state !== 'verifying') verifiedMs ??= elapsed();
    phases.reached(last);
    if (options.sabotage !== null) ledger.look();
    if (again !== null && again.notBefore < elapsed()) {
      if (ledger.doubles === 0) plan.push(again);
      again = null;
    }
    for (const due of plan.filter(({ at, what }) => at <= seen.done && !waits(what))) {
      if (!(await strike(due.what, seen))) continue;
      plan.splice(plan.indexOf(due), 1);
      // A sabotage has its chance again, a takeover later, until it has shown itself.
      if (due.what === shows) again = { ...due, notBefore: elapsed() + TAKEOVER_LEASES * times.leaseMs };
      break;
    }
    const [ending] = atTheEnd;
    if (ending !== undefined && last.state === 'reconciling' && (await strike(ending, last))) atTheEnd.shift();
  }
  const workedMs = elapsed();
  phases.open();
  await disturber.allAwake();
  // What was taken up since the last look, or done with as the run ended.
  await lastLook(recoveries);
  return {
    state: last.state,
    disturbances: Object.fromEntries(DISTURBANCES.map((what) => [what, disturber.count(what)])) as Record<
      Disturbance,
      number
    >,
    workersKilled: disturber.workersKilled,
    notDone: plan.map(({ what }) => what),
    struckIn,
    recoveries: recoveries.found(takeoverMs(night)),
    verifiedMs,
    workedMs,
  };
}

/**
 * Within which a killed worker's households are taken up: its lease and the look for it, which are a fortieth of a lease
 * apart; and the visit that whoever is free next has in hand, which takes the patience of a read.
 */
function takeoverMs({ options, settings, times }: Night): number {
  return 1.025 * times.leaseMs + times.sweepMs + lookMs(options.people) + Number(settings['XROAD_READ_MS']);
}

/** The session of a look may have been cut among the last disturbances. */
async function lastLook(recoveries: RecoveryWatch): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await recoveries.look();
      return;
    } catch (error) {
      if (tries === LAST_LOOKS) throw error;
      await pause(1_000);
    }
  }
}

const LAST_LOOKS = 10;

async function look(meter: ProgressMeter, recoveries: RecoveryWatch): Promise<Progress | null> {
  try {
    await recoveries.look();
    return await meter.look();
  } catch {
    return null; // the database is away, as it was meant to be
  }
}

/** Often enough to meet the phases of a small run, seldom enough not to be a load on a large one. */
function lookMs(people: number): number {
  return Math.min(1_000, Math.max(50, people / 50));
}

/** Opens once registering is well under way. */
class PhaseGate {
  readonly passed: Promise<void>;
  readonly #at: number;
  #open: () => void = () => undefined;

  constructor(at: number) {
    this.#at = at;
    this.passed = new Promise((resolve) => (this.#open = resolve));
  }

  reached({ state, done }: Progress): void {
    if (done >= this.#at || (state !== 'verifying' && state !== 'registering')) this.open();
  }

  open(): void {
    this.#open();
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1).padStart(7)} s`;
}

function percent(share: number): string {
  return `${Math.floor(100 * share)
    .toString()
    .padStart(3)} %`;
}
