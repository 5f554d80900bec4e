/**
 * The capacity model: how many people a second a night may do, and what holds it back. Pure arithmetic; docs/capacity.md
 * explains it and compares it with measured nights.
 *
 * A phase goes at the pace of its narrowest limit. All limits are in people of the night a second:
 *
 * - **calls in flight** at a destination: `W × F / (c × L)`: that many at a time, each holding its place for L;
 * - **rate** of a destination: `W × r / c`;
 * - **households** in hand: `W × H × s / (Σ k × L + o)`: each is held for its rounds of calls, one after the other, and for
 *   what the product itself does between them;
 * - **workers**: `W / p`, since a process has one thread; **processors**: `u × C / P`, all of them together, of which waiting
 *   for the disk and for each other leaves the share u.
 */

/** One kind of call in one phase. */
export interface CallLoad {
  readonly destination: string;
  /** Calls a person of the night. */
  readonly perPerson: number;
  /** Calls of one household that follow each other. */
  readonly rounds: number;
  readonly latencySeconds: number;
}

/** What a destination takes from one worker process. */
export interface DestinationCeiling {
  readonly inFlight: number;
  /** Calls a second; null: no limit. */
  readonly perSecond: number | null;
}

/** Verification, or registration. */
export interface PhaseLoad {
  readonly calls: readonly CallLoad[];
  /** Of a household, beside its calls, seconds. */
  readonly overheadSeconds: number;
  /** Of one worker, processor seconds a person. */
  readonly workerCpuSeconds: number;
  /** Of PostgreSQL and Redis, processor seconds a person. */
  readonly serverCpuSeconds: number;
}

export interface Crew {
  readonly workers: number;
  /** Households a worker holds at a time, per step. */
  readonly concurrency: number;
  /** Processors of all hosts together: workers, PostgreSQL and Redis. */
  readonly cores: number;
  readonly destinations: Readonly<Record<string, DestinationCeiling>>;
}

export type LimitKind = 'in-flight' | 'rate' | 'households' | 'worker' | 'processors';

export interface Limit {
  readonly kind: LimitKind;
  /** Null but for `in-flight` and `rate`. */
  readonly destination: string | null;
  readonly peoplePerSecond: number;
}

/** Share of all processors that a night can use: measured where nothing else held it back (docs/capacity.md). */
const USABLE = 0.75;

/** All limits of a phase, the narrowest first. */
export function phaseLimits(phase: PhaseLoad, crew: Crew, peoplePerHousehold: number): readonly Limit[] {
  const { workers, concurrency, cores } = crew;
  const visitSeconds = phase.calls.reduce((sum, call) => sum + call.rounds * call.latencySeconds, 0);
  const own: readonly Limit[] = [
    limit('households', null, (workers * concurrency * peoplePerHousehold) / (visitSeconds + phase.overheadSeconds)),
    limit('worker', null, workers / phase.workerCpuSeconds),
    limit('processors', null, (USABLE * cores) / (phase.workerCpuSeconds + phase.serverCpuSeconds)),
  ];
  const names = [...new Set(phase.calls.map(({ destination }) => destination))];
  const theirs = names.flatMap((name) => destinationLimits(name, phase, crew));
  return [...own, ...theirs].sort((a, b) => a.peoplePerSecond - b.peoplePerSecond);
}

function destinationLimits(name: string, phase: PhaseLoad, { workers, destinations }: Crew): readonly Limit[] {
  const calls = phase.calls.filter(({ destination }) => destination === name);
  const perPerson = calls.reduce((sum, call) => sum + call.perPerson, 0);
  const heldSeconds = calls.reduce((sum, call) => sum + call.perPerson * call.latencySeconds, 0);
  const ceiling = destinations[name];
  if (ceiling === undefined || perPerson === 0) return [];
  const { inFlight, perSecond } = ceiling;
  return [
    limit('in-flight', name, (workers * inFlight) / heldSeconds),
    ...(perSecond === null ? [] : [limit('rate', name, (workers * perSecond) / perPerson)]),
  ];
}

function limit(kind: LimitKind, destination: string | null, peoplePerSecond: number): Limit {
  return { kind, destination, peoplePerSecond };
}

/** A whole night: both phases one after the other, and the closing. */
export interface NightLoad {
  readonly peoplePerHousehold: number;
  readonly verify: PhaseLoad;
  readonly register: PhaseLoad;
  /** Reading back, comparing, freezing: one process does it; seconds a person. */
  readonly closingSecondsPerPerson: number;
}

export interface NightCapacity {
  readonly verify: readonly Limit[];
  readonly register: readonly Limit[];
  readonly verifySecondsPerPerson: number;
  readonly registerSecondsPerPerson: number;
  readonly closingSecondsPerPerson: number;
  /** Over the whole night. */
  readonly peoplePerSecond: number;
}

/** Applies the model. */
export function nightCapacity(load: NightLoad, crew: Crew): NightCapacity {
  const verify = phaseLimits(load.verify, crew, load.peoplePerHousehold);
  const register = phaseLimits(load.register, crew, load.peoplePerHousehold);
  const seconds = {
    verifySecondsPerPerson: secondsOf(verify),
    registerSecondsPerPerson: secondsOf(register),
    closingSecondsPerPerson: load.closingSecondsPerPerson,
  };
  const total = Object.values(seconds).reduce((sum, one) => sum + one, 0);
  return { verify, register, ...seconds, peoplePerSecond: 1 / total };
}

function secondsOf([narrowest]: readonly Limit[]): number {
  return narrowest === undefined ? 0 : 1 / narrowest.peoplePerSecond;
}
