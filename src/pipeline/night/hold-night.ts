/**
 * One look at the night. PostgreSQL says what is due and what was done, so that looking too often, from several
 * processes, or after a crash at any point ends the same:
 *
 * 1. the latest night whose hour has struck is set down, once for each date; earlier ones that were missed or still wait
 *    become part of it;
 * 2. while a run is open the night waits, and begins at the first look after its end; a run that stopped for a person
 *    holds the night up until that person releases it;
 * 3. new batches are taken in, then the run starts. Its row bears the date under a unique key.
 */
import { openRun, type StartRun } from '../../store/run/start-run.ts';
import { isStopped } from '../../store/schema.ts';
import type { Executor } from '../../store/database.ts';
import { aloneOnNight, callNight, noteTakenIn, noteWait, pendingNight } from '../../store/night/nights.ts';
import type { NightWait } from '../../store/night/nights.ts';
import { dueNight, type NightTimes } from './due-night.ts';
import { startAfterStaff, StaffRunStands, type StaffPatience } from './start-after-staff.ts';

export interface NightOptions {
  readonly db: Executor;
  readonly now: () => Date;
  readonly times: NightTimes;
  readonly order: Pick<StartRun, 'campaign' | 'patienceMs' | 'renewalLeadDays'>;
  /** Takes new batches in. What it throws leaves the night due; the next look tries again. */
  readonly takeIn: (night: string) => Promise<void>;
  readonly staff: StaffPatience;
}

/** What a look came to. `elsewhere`: another process is at it. */
export type NightLook =
  | { readonly kind: 'nothing-due' }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'waits'; readonly date: string; readonly wait: NightWait }
  | { readonly kind: 'started'; readonly date: string; readonly runId: string; readonly people: number };

/** Looks once, and starts the night if it is due and nothing holds it up. */
export async function lookAtNight(options: NightOptions): Promise<NightLook> {
  const { db, now, times } = options;
  await callNight(db, dueNight(now(), times));
  if ((await pendingNight(db)) === null) return { kind: 'nothing-due' };
  return (await aloneOnNight(db, () => holdNight(options))) ?? { kind: 'elsewhere' };
}

async function holdNight(options: NightOptions): Promise<NightLook> {
  const { db } = options;
  // Looked at again under the lock: whoever had it may have started the night.
  const night = await pendingNight(db);
  if (night === null) return { kind: 'nothing-due' };
  const held = await whatHolds(db);
  if (held !== null) return waits(db, night.date, held);
  if (!night.takenIn) {
    await options.takeIn(night.date);
    await noteTakenIn(db, night.date);
  }
  return start(options, night.date);
}

async function start({ db, order, staff }: NightOptions, date: string): Promise<NightLook> {
  const wanted: StartRun = { ...order, runDate: date, nightDate: date, batchId: null, startedBy: 'machine' };
  try {
    const { started, runId, people } = await startAfterStaff(db, wanted, staff);
    if (!started) return await waits(db, date, (await whatHolds(db)) ?? 'run-open');
    await noteWait(db, date, null);
    return { kind: 'started', date, runId, people };
  } catch (error) {
    if (error instanceof StaffRunStands) return waits(db, date, 'staff-run');
    throw error;
  }
}

/** A staff run does not hold the night up here: it is hurried when the night starts. */
async function whatHolds(db: Executor): Promise<NightWait | null> {
  const open = await openRun(db);
  if (open === null) return null;
  if (isStopped(open.state)) return 'run-stopped';
  return open.kind === 'staff' ? null : 'run-open';
}

async function waits(db: Executor, date: string, wait: NightWait): Promise<NightLook> {
  await noteWait(db, date, wait);
  return { kind: 'waits', date, wait };
}
