/**
 * The work of one process: queues, workers, sweeper, watchdog, from the start to an end in order. Stopping is a sequence
 * in which every step relies on the one before:
 *
 * 1. no more sweeping: nothing new is offered;
 * 2. the workers pause: no job is fetched any more, and one that was fetched begins nothing;
 * 3. running reads are aborted: their households are given back as they were, due at once;
 * 4. registrations that have left end, up to their deadline; no further one leaves;
 * 5. leases still held by this process are released, so that others go on without waiting for them to run out;
 * 6. workers and queues close.
 *
 * Whoever asked for the stop bounds it by a timer of its own. What is cut off then is left to its lease.
 */
import type { BrakeRule } from '../src/domain/brake.ts';
import { dueHouseholds } from '../src/store/run/due-households.ts';
import { openRun } from '../src/store/run/start-run.ts';
import { releaseLeases } from '../src/store/household/release-leases.ts';
import type { Step } from '../src/store/household/claim-household.ts';
import type { StaffWork } from '../src/pipeline/review/take-up-staff-work.ts';
import type { StepContext } from '../src/pipeline/step-context.ts';
import type { JobWork } from './household-job.ts';
import type { QueueBackend } from './queue-backend.ts';
import { openQueue, type JobQueue, type QueueName } from './queues.ts';
import { reconcileJob } from './reconcile-run.ts';
import { registerJob } from './register-household.ts';
import { startSweeper } from './sweeper.ts';
import { TrackedWorker } from './tracked-worker.ts';
import { verifyJob } from './verify-household.ts';
import { startWatchdog } from './watchdog.ts';
import type { WorkedQueue } from './worker.ts';

export interface WorkOptions {
  readonly context: StepContext;
  readonly backend: QueueBackend;
  /** Households at a time, per step. */
  readonly concurrency: number;
  /** Jobs a queue may hold. */
  readonly window: number;
  readonly stalledIntervalMs: number;
  /** How long due work may find an idle worker before that worker is taken for deaf. */
  readonly watchdogMs: number;
  readonly staffWork: StaffWork;
  readonly brake: BrakeRule | null;
  /** Trouble with queues or database that the next look may mend. */
  readonly onError: (error: Error) => void;
  readonly onFailure: (name: WorkedQueue, id: string, error: Error) => void;
  readonly onRecreated: (step: Step) => void;
}

/** The work of a process, under way. */
export interface Work {
  /** Stops in order; see above. Called again it waits for the same end. */
  close(): Promise<void>;
  /** Resolves when a worker stays deaf: the process should stop and be started again. Otherwise never. */
  readonly stuck: Promise<Step>;
}

/** Starts queues, workers, sweeper and watchdog. */
export function startWork(options: WorkOptions): Work {
  const { context, backend, concurrency, onError } = options;
  const stop = new AbortController();
  const queue = (name: QueueName): JobQueue => openQueue(backend, name, onError);
  const queues = { verify: queue('verify'), register: queue('register'), reconcile: queue('reconcile') };
  const worker = (name: QueueName, work: JobWork, atOnce: number): TrackedWorker =>
    new TrackedWorker({ ...options, name, work, concurrency: atOnce, stop: stop.signal });
  const workers = {
    verify: worker('verify', verifyJob(context), concurrency),
    register: worker('register', registerJob(context), concurrency),
    reconcile: worker('reconcile', reconcileJob(context), 1),
  };
  const { staffWork, window, brake } = options;
  const sweeper = startSweeper({
    db: context.db,
    queues,
    window,
    intervalMs: context.times.sweepMs,
    lookoutMs: context.times.leaseMs / LOOKOUTS_PER_LEASE,
    clock: context.clock,
    staffWork,
    brake,
    onError,
  });
  let reportStuck: (step: Step) => void = () => undefined;
  const stuck = new Promise<Step>((resolve) => (reportStuck = resolve));
  const watchdog = startWatchdog({
    workers,
    isDue: (step) => isDue(context, step),
    clock: context.clock,
    periodMs: options.watchdogMs,
    onRecreated: options.onRecreated,
    onStuck: reportStuck,
  });
  const end = async (): Promise<void> => {
    const all = Object.values(workers);
    await watchdog.close();
    await sweeper.close();
    await Promise.all(all.map((one) => one.pause()));
    stop.abort();
    await Promise.all(all.map((one) => one.idle()));
    // A database that is away keeps the leases; they run out by themselves.
    await releaseLeases(context.db, context.owner).catch(onError);
    await Promise.all(all.map((one) => one.close()));
    await Promise.all(Object.values(queues).map((one) => one.close()));
  };
  let ended: Promise<void> | null = null;
  return { stuck, close: () => (ended ??= end()) };
}

async function isDue({ db }: StepContext, step: Step): Promise<boolean> {
  const run = await openRun(db);
  if (run === null || !PHASES[step].includes(run.state)) return false;
  return (await dueHouseholds(db, { runId: run.runId, step, after: '0', limit: 1 })).length > 0;
}

/** What a dead worker held waits for a lease; a fortieth of it more is no loss. */
const LOOKOUTS_PER_LEASE = 40;

/** Run states in which a step has anything to do. */
const PHASES: Readonly<Record<Step, readonly string[]>> = {
  verify: ['verifying', 'registering'],
  register: ['registering'],
};
