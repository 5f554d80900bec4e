import type { App } from '../app.ts';
import { waitForRun } from '../pipeline/run/wait-for-run.ts';
import type { RunState } from '../store/schema.ts';
import type { Output } from './output.ts';
import { reportStuck, stopWork } from './stop-work.ts';
import { untilStopped } from './until-stopped.ts';

/** A look every two seconds costs the database nothing; a short night is watched more closely. */
const SLOWEST_LOOK_MS = 2_000;

/**
 * Works in this process until a run is over, with a progress bar. SIGINT or SIGTERM ends it early: the registrations
 * under way are finished, the run stays open, and null is returned.
 */
export async function workUntilClosed(app: App, runId: string, output: Output): Promise<RunState | null> {
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  const progress = output.progress('Ménages');
  const work = await app.startWork();
  void work.stuck.then((step) => {
    output.say(reportStuck(app, step));
    stop.abort();
  });
  try {
    return await waitForRun(app.database.db, runId, {
      everyMs: Math.min(SLOWEST_LOOK_MS, 2 * app.config.times.sweepMs),
      onProgress: ({ settled, households }) => progress.update(settled, households),
      signal: stop.signal,
    });
  } finally {
    progress.end();
    await stopWork(app, work);
  }
}
