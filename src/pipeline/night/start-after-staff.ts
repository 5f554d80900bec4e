import type { Executor } from '../../store/database.ts';
import { hurryStaffRun, whileNightWaits } from '../../store/review/take-up.ts';
import { startRun, type StartedRun, type StartRun } from '../../store/run/start-run.ts';

/** The staff run that is open does not end: nobody works on it. */
export class StaffRunStands extends Error {
  readonly code = 'EXECUTION_DU_PERSONNEL_OUVERTE';
  readonly remedy =
    'Lancez « pnbsf-cmu serve » ou « worker », ou ajoutez --wait : cette commande la termine alors elle-même.';
}

/** How the end of a staff run is waited for. */
export interface StaffPatience {
  /** Lets time pass, or works on the run; `stopped` when it stopped for a person. */
  readonly whileStaffRun: (runId: string) => Promise<'goes-on' | 'stopped'>;
  readonly patienceMs: number;
  readonly monotonicMs: () => number;
}

/**
 * Starts a night. A staff run that is open has its end first: it is hurried and takes nothing more. Throws
 * {@link StaffRunStands} when it does not end in time, and what `startRun` throws.
 */
export async function startAfterStaff(db: Executor, order: StartRun, patience: StaffPatience): Promise<StartedRun> {
  if ((await openStaffRun(db)) === null) return startRun(db, order);
  return whileNightWaits(db, async () => {
    const giveUpAt = patience.monotonicMs() + patience.patienceMs;
    for (;;) {
      const staffRun = await openStaffRun(db);
      if (staffRun === null) return startRun(db, order);
      await hurryStaffRun(db);
      if ((await patience.whileStaffRun(staffRun)) === 'stopped')
        return { runId: staffRun, people: 0, households: 0, started: false };
      if (patience.monotonicMs() > giveUpAt)
        throw new StaffRunStands(`L’exécution ${staffRun} du personnel n’avance pas.`);
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
