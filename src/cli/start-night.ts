import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../app.ts';
import { startAfterStaff } from '../pipeline/night/start-after-staff.ts';
import type { StartedRun, StartRun } from '../store/run/start-run.ts';
import type { Output } from './output.ts';
import { workUntilClosed } from './work-until-closed.ts';

/** A staff run is short; one that is not over by then has no process to work on it. */
const PATIENCE_MS = 10 * 60_000;
const LOOK_MS = 250;

/**
 * Starts a night. A staff run that is open has its end first, and is worked on here if the command waits for the night
 * anyway. Throws `StaffRunStands`.
 */
export async function startNight(
  app: App,
  order: StartRun,
  { wait, output }: { readonly wait: boolean; readonly output: Output },
): Promise<StartedRun> {
  let told: string | null = null;
  return startAfterStaff(app.database.db, order, {
    patienceMs: PATIENCE_MS,
    monotonicMs: () => performance.now(),
    async whileStaffRun(runId) {
      if (told !== runId) output.say(`L’exécution ${runId}, du personnel, se termine d’abord.`);
      told = runId;
      if (wait) return (await workUntilClosed(app, runId, output)) === 'closed' ? 'goes-on' : 'stopped';
      await pause(LOOK_MS);
      return 'goes-on';
    },
  });
}
