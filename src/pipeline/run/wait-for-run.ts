import { setTimeout as pause } from 'node:timers/promises';
import type { Executor } from '../../store/database.ts';
import type { RunState } from '../../store/schema.ts';

/** How far a run is, for whoever watches. */
export interface RunProgress {
  readonly state: RunState;
  /** Households finished, or paused for later. */
  readonly settled: number;
  readonly households: number;
}

const LOOK_MS = 200;

/** Waits until a run is over: closed, or stopped for a person to look at. */
export async function waitForRun(
  db: Executor,
  runId: string,
  onProgress: (progress: RunProgress) => void,
  signal?: AbortSignal,
): Promise<RunState> {
  for (;;) {
    const progress = await look(db, runId);
    onProgress(progress);
    if (!['verifying', 'registering', 'reconciling'].includes(progress.state)) return progress.state;
    await pause(LOOK_MS, undefined, signal ? { signal } : {});
  }
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
    .executeTakeFirstOrThrow();
  return { state: run.state, households: run.households, settled: run.households - Number(open) };
}
