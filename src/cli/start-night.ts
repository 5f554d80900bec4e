import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Executor } from '../store/database.ts';
import { hurryStaffRun, whileNightWaits } from '../store/review/take-up.ts';
import { startRun, type StartedRun, type StartRun } from '../store/run/start-run.ts';
import type { Output } from './output.ts';
import { workUntilClosed } from './work-until-closed.ts';

/** A staff run is short; one that is not over by then has no process to work on it. */
const PATIENCE_MS = 10 * 60_000;
const LOOK_MS = 250;

/** The staff run that is open does not end: nobody works on it. */
export class StaffRunStands extends Error {
  readonly code = 'EXECUTION_DU_PERSONNEL_OUVERTE';
  readonly remedy =
    'Lancez « pnbsf-cmu serve » ou « worker », ou ajoutez --wait : cette commande la termine alors elle-même.';
}

/**
 * Starts a night. A staff run that is open has its end first: it is hurried, takes nothing more, and is worked on here if
 * the command waits for the night anyway. Throws {@link StaffRunStands}.
 */
export async function startNight(
  app: App,
  order: StartRun,
  { wait, output }: { readonly wait: boolean; readonly output: Output },
): Promise<StartedRun> {
  const { db } = app.database;
  if ((await openStaffRun(db)) === null) return startRun(db, order);
  return whileNightWaits(db, async () => {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (let told = false; ; told = true) {
      const staffRun = await openStaffRun(db);
      if (staffRun === null) return startRun(db, order);
      if (!told) output.say(`L’exécution ${staffRun}, du personnel, se termine d’abord.`);
      await hurryStaffRun(db);
      if (wait) {
        const end = await workUntilClosed(app, staffRun, output);
        if (end !== 'closed') return { runId: staffRun, people: 0, households: 0, started: false };
      } else await pause(LOOK_MS);
      if (performance.now() > giveUpAt) throw new StaffRunStands(`L’exécution ${staffRun} du personnel n’avance pas.`);
    }
  });
}

/** The staff run that works; one that stopped for a person is left to `startRun`, which tells of it. */
async function openStaffRun(db: Executor): Promise<string | null> {
  const run = await db
    .selectFrom('run')
    .select('id')
    .where('kind', '=', 'staff')
    .where('state', 'in', ['verifying', 'registering', 'reconciling'])
    .executeTakeFirst();
  return run?.id ?? null;
}
