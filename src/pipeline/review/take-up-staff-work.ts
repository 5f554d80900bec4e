/**
 * How the work of staff goes on by itself: every look of the sweeper puts it into the run that is open, or opens a run
 * for it where none is. It goes ahead of the night's work and yields to a night that waits for its turn.
 */
import type { Executor } from '../../store/database.ts';
import { feedReprocess, reprocessWaits, type Feed } from '../../store/reprocess/feed-reprocess.ts';
import {
  holdOpenRun,
  joinStaffWork,
  nightWaits,
  staffWorkInHand,
  staffWorkWaits,
  startStaffRun,
  type RunForStaff,
  type StaffRunOrder,
} from '../../store/review/take-up.ts';
import type { StepContext } from '../step-context.ts';

/** Under what staff work is carried out; `runDate` is asked when a run opens. */
export interface StaffWork extends Omit<StaffRunOrder, 'runDate'>, Omit<Feed, 'room'> {
  readonly runDate: () => string;
}

/**
 * People of staff work in hand at a time: a staff run must end soon, since a night waits for it. At 20 people a second,
 * a slow partner's pace, this is under two minutes.
 */
const MOST_IN_HAND = 2_000;

/** Staff work under the rules of a process. A staff run waits long enough for one unknown outcome to be settled. */
export function staffWorkOf({ campaign, times, policy, ruleSet }: StepContext, runDate: () => string): StaffWork {
  const patienceMs = Math.min(times.runPatienceMs, 3 * times.settleMs);
  return { campaign, runDate, patienceMs, settleMs: times.settleMs, ruleVersion: policy.version, ruleSet };
}

/** Takes waiting staff work up, if any run can have it now. */
export async function takeUpStaffWork(db: Executor, work: StaffWork): Promise<void> {
  const ordered = await reprocessWaits(db);
  if (!ordered && !(await staffWorkWaits(db, work.campaign))) return;
  const open = await db.transaction().execute(async (trx) => {
    const run = await holdOpenRun(trx);
    if (run === 'busy') return true;
    if (run === null || (await mayGrow(trx, run))) {
      const inHand = await staffWorkInHand(trx);
      const taken = run?.kind === 'staff' ? Math.max(run.people, inHand) : inHand;
      if (ordered) await feedReprocess(trx, { ...work, room: MOST_IN_HAND - taken });
      if (run !== null) await joinStaffWork(trx, run.runId, work.campaign);
    }
    return run !== null;
  });
  if (!open) await startStaffRun(db, { ...work, runDate: work.runDate() });
}

/** Whether an open run still takes work: while it works, and a staff run only while it is short and nobody waits. */
async function mayGrow(trx: Executor, run: RunForStaff): Promise<boolean> {
  if (run.state !== 'verifying' && run.state !== 'registering') return false;
  return run.kind === 'night' || (run.people < MOST_IN_HAND && !(await nightWaits(trx)));
}
