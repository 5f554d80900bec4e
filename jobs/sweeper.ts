/**
 * The sweeper looks at what Postgres says is due and keeps a bounded window of it in the queues. It is also the repair
 * of a lost Redis: whatever was in the queues is still due in Postgres and is offered again. Any number of processes
 * may sweep; an id that already waits is ignored, and claims decide who works.
 */
import type { BrakeRule } from '../src/domain/brake.ts';
import type { Executor } from '../src/store/database.ts';
import type { Step } from '../src/store/household/claim-household.ts';
import { advanceRun } from '../src/store/run/advance-run.ts';
import { dueHouseholds } from '../src/store/run/due-households.ts';
import { dueStaffHouseholds } from '../src/store/review/due-staff-households.ts';
import { takeUpStaffWork, type StaffWork } from '../src/pipeline/review/take-up-staff-work.ts';
import { openRun } from '../src/store/run/start-run.ts';
import { lookRepeatedly, type RepeatedLook } from './look-repeatedly.ts';
import type { JobQueue, QueueName } from './queues.ts';

export interface SweeperOptions {
  readonly db: Executor;
  readonly queues: Readonly<Record<QueueName, JobQueue>>;
  /** Jobs a queue may hold; it is topped up when it falls below half of them. */
  readonly window: number;
  readonly intervalMs: number;
  readonly staffWork: StaffWork;
  /** When a night must stop before its first registration; null: never. */
  readonly brake: BrakeRule | null;
  readonly onError: (error: Error) => void;
}

/** Where the walk through a run stands, by step. */
type Positions = Record<Step, string>;

const BEGINNING = '0';

/** Starts looking, at once and then at every interval. A look that fails is reported and tried again. */
export function startSweeper(options: SweeperOptions): RepeatedLook {
  const positions: Positions = { verify: BEGINNING, register: BEGINNING };
  return lookRepeatedly(() => sweepOnce(options, positions), options);
}

/** One look: takes up what staff decided, moves the open run on if its phase is over, and tops the queues up. */
export async function sweepOnce(options: SweeperOptions, positions: Positions): Promise<void> {
  // Before the run moves on, which it would with nothing due. The night does not depend on it.
  await takeUpStaffWork(options.db, options.staffWork).catch((error: unknown) => options.onError(error as Error));
  const run = await openRun(options.db);
  if (!run) return;
  const state = await advanceRun(options.db, run.runId, options.brake);
  if (state === 'verifying' || state === 'registering') await offerWork(options, positions, run.runId, 'verify');
  if (state === 'registering') await offerWork(options, positions, run.runId, 'register');
  if (state === 'reconciling') await options.queues.reconcile.offer([{ id: run.runId, version: minute() }]);
}

/** A reconciliation is offered anew every minute, in case its worker died; only one process at a time does it. */
function minute(): string {
  return String(Math.floor(Date.now() / 60_000));
}

/** Households with staff work in one offer; the next look brings what is left. */
const STAFF_AT_ONCE = 500;

async function offerWork(options: SweeperOptions, positions: Positions, runId: string, step: Step): Promise<void> {
  const ahead = await dueStaffHouseholds(options.db, { runId, step, limit: STAFF_AT_ONCE });
  await options.queues[step].offer(ahead.map(({ id, fence }) => ({ id, version: fence, first: true })));
  await topUp(options, positions, runId, step);
}

async function topUp(options: SweeperOptions, positions: Positions, runId: string, step: Step): Promise<void> {
  const queue = options.queues[step];
  const room = options.window - (await queue.backlog());
  if (room < options.window / 2) return;
  const due = await dueHouseholds(options.db, { runId, step, after: positions[step], limit: room });
  await queue.offer(due.map(({ id, fence }) => ({ id, version: fence })));
  // At the end of the run the walk starts over, which is when a job the queue lost is offered again.
  positions[step] = due.length < room ? BEGINNING : (due.at(-1)?.id ?? BEGINNING);
}
