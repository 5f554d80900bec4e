/**
 * The sweeper looks at what Postgres says is due and keeps a bounded window of it in the queues. It is also the repair
 * of a lost Redis: whatever was in the queues is still due in Postgres and is offered again. Any number of processes
 * may sweep; an id that already waits is ignored, and claims decide who works.
 */
import type { BrakeRule } from '../src/domain/brake.ts';
import type { Clock } from '../src/domain/clock.ts';
import type { Executor } from '../src/store/database.ts';
import type { Step } from '../src/store/household/claim-household.ts';
import { advanceRun } from '../src/store/run/advance-run.ts';
import { abandonedHouseholds } from '../src/store/run/abandoned-households.ts';
import { dueHouseholds, type DueHousehold } from '../src/store/run/due-households.ts';
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
  /** How often households of dead workers are looked for, to go ahead of all that waits. */
  readonly lookoutMs: number;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly staffWork: StaffWork;
  /** When a night must stop before its first registration; null: never. */
  readonly brake: BrakeRule | null;
  readonly onError: (error: Error) => void;
}

/** Where the walk of a step through a run stands, and what it waits for; moments of the monotonic clock. */
interface Walk {
  after: string;
  /** After its end it rests while there is work in the queue: to offer all of it again at every look helps nobody. */
  restsUntilMs: number;
  looksOutAtMs: number;
}

type Walks = Readonly<Record<Step, Walk>>;

const BEGINNING = '0';

/** Starts looking, at once and then at every interval. A look that fails is reported and tried again. */
export function startSweeper(options: SweeperOptions): RepeatedLook {
  const walk = (): Walk => ({ after: BEGINNING, restsUntilMs: 0, looksOutAtMs: 0 });
  const walks = { verify: walk(), register: walk() };
  return lookRepeatedly(() => sweepOnce(options, walks), options);
}

/** One look: takes up what staff decided, moves the open run on if its phase is over, and tops the queues up. */
async function sweepOnce(options: SweeperOptions, walks: Walks): Promise<void> {
  // Before the run moves on, which it would with nothing due. The night does not depend on it.
  await takeUpStaffWork(options.db, options.staffWork).catch((error: unknown) => options.onError(error as Error));
  const run = await openRun(options.db);
  if (!run) return;
  const state = await advanceRun(options.db, run.runId, options.brake);
  if (state === 'verifying' || state === 'registering') await offerWork(options, walks.verify, run.runId, 'verify');
  if (state === 'registering') await offerWork(options, walks.register, run.runId, 'register');
  if (state === 'reconciling') await options.queues.reconcile.offer([{ id: run.runId, version: minute() }]);
}

/** A reconciliation is offered anew every minute, in case its worker died; only one process at a time does it. */
function minute(): string {
  return String(Math.floor(Date.now() / 60_000));
}

/** Households that go ahead, in one offer; the next look brings what is left. */
const AHEAD_AT_ONCE = 500;

async function offerWork(options: SweeperOptions, walk: Walk, runId: string, step: Step): Promise<void> {
  const page = { runId, step, limit: AHEAD_AT_ONCE };
  await offerAhead(options, step, await dueStaffHouseholds(options.db, page));
  if (options.clock.monotonicMs() >= walk.looksOutAtMs) {
    await offerAhead(options, step, await abandonedHouseholds(options.db, page));
    walk.looksOutAtMs = options.clock.monotonicMs() + options.lookoutMs;
  }
  await topUp(options, walk, runId, step);
}

async function offerAhead({ queues }: SweeperOptions, step: Step, due: readonly DueHousehold[]): Promise<void> {
  await queues[step].offer(due.map(({ id, fence }) => ({ id, version: fence, first: true })));
}

async function topUp(options: SweeperOptions, walk: Walk, runId: string, step: Step): Promise<void> {
  const { clock, db, lookoutMs, window } = options;
  const queue = options.queues[step];
  const backlog = await queue.backlog();
  const room = window - backlog;
  if (room < window / 2 || (backlog > 0 && clock.monotonicMs() < walk.restsUntilMs)) return;
  const due = await dueHouseholds(db, { runId, step, after: walk.after, limit: room });
  await queue.offer(due.map(({ id, fence }) => ({ id, version: fence })));
  const ended = due.length < room;
  // It starts over, which is when a job the queue lost is offered again: at once when the queue is empty.
  walk.after = ended ? BEGINNING : (due.at(-1)?.id ?? BEGINNING);
  if (ended) walk.restsUntilMs = clock.monotonicMs() + lookoutMs;
}
