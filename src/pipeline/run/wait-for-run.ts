import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';
import type { RunState } from '../../store/schema.ts';

/** How far a run is, for whoever watches. */
export interface RunProgress {
  readonly state: RunState;
  /** Households with nothing left to do. */
  readonly settled: number;
  readonly households: number;
}

/** How a run is watched. */
export interface Watch {
  readonly everyMs: number;
  readonly onProgress: (progress: RunProgress) => void;
  /** Ends the watching, not the run. */
  readonly signal?: AbortSignal;
}

/** Looks that may fail in a row: a database that restarts must not end the watching. */
const PATIENCE = 30;

/** Waits until a run is over: closed, or stopped for a person. Null when the watching was ended first. */
export async function waitForRun(db: Executor, runId: string, watch: Watch): Promise<RunState | null> {
  let failures = 0;
  while (watch.signal?.aborted !== true) {
    try {
      const progress = await look(db, runId);
      failures = 0;
      watch.onProgress(progress);
      if (!['verifying', 'registering', 'reconciling'].includes(progress.state)) return progress.state;
    } catch (error) {
      if (++failures > PATIENCE) throw error;
    }
    // Woken by the signal to stop, which the loop then sees.
    await pause(watch.everyMs, undefined, watch.signal ? { signal: watch.signal } : {}).catch(() => undefined);
  }
  return null;
}

async function look(db: Executor, runId: string): Promise<RunProgress> {
  const run = await db
    .selectFrom('run')
    .select(['state', 'households'])
    .where('id', '=', runId)
    .executeTakeFirstOrThrow();
  const { open } = await db
    .selectFrom('household_work')
    .select(({ fn }) => fn.countAll<string>().as('open'))
    .where('run_id', '=', runId)
    .where('finished_at', 'is', null)
    // What is left for the next run is settled as far as this one goes.
    .where(sql<boolean>`coalesce(least(verify_due, register_due) < 'infinity', true)`)
    .executeTakeFirstOrThrow();
  return { state: run.state, households: run.households, settled: run.households - Number(open) };
}
