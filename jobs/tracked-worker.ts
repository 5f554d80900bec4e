import type { StepContext } from '../src/pipeline/step-context.ts';
import type { JobWork } from './household-job.ts';
import type { QueueBackend } from './queue-backend.ts';
import type { QueueName } from './queues.ts';
import type { WatchedWorker } from './watchdog.ts';
import { startWorker, type JobWorker, type WorkerSettings } from './worker.ts';

export interface TrackedWorkerOptions extends WorkerSettings {
  readonly context: Pick<StepContext, 'clock' | 'times'>;
  readonly backend: QueueBackend;
  readonly name: QueueName;
  readonly work: JobWork;
  /** Once given, fetched jobs begin nothing, and the signal reaches those in hand. */
  readonly stop: AbortSignal;
}

/** A worker that knows what it has in hand, and can be replaced by a new one in its place. */
export class TrackedWorker implements WatchedWorker {
  readonly #options: TrackedWorkerOptions;
  /** The jobs in hand, each with the moment it began, by the monotonic clock. */
  readonly #inHand = new Map<Promise<unknown>, number>();
  #started = 0;
  #worker: JobWorker;

  constructor(options: TrackedWorkerOptions) {
    this.#options = options;
    this.#worker = this.#start();
  }

  started(): number {
    return this.#started;
  }

  isBusy(): boolean {
    const { clock, times } = this.#options.context;
    const oldest = clock.monotonicMs() - times.leaseMs;
    return [...this.#inHand.values()].some((began) => began > oldest);
  }

  recreate(): void {
    this.#worker.abandon();
    this.#worker = this.#start();
  }

  pause(): Promise<void> {
    return this.#worker.pause();
  }

  /** Resolves when no job is in hand. */
  async idle(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.allSettled(this.#inHand.keys());
  }

  close(): Promise<void> {
    return this.#worker.close();
  }

  #start(): JobWorker {
    const { backend, name } = this.#options;
    return startWorker(backend, name, this.#options, (id, taken) => this.#run(id, taken));
  }

  async #run(id: string, taken: AbortSignal | undefined): Promise<void> {
    const { stop, work, context } = this.#options;
    // What it is about is still due, and is offered to others.
    if (stop.aborted) return;
    const running = work(id, taken === undefined ? stop : AbortSignal.any([taken, stop]));
    this.#started += 1;
    this.#inHand.set(running, context.clock.monotonicMs());
    try {
      await running;
    } finally {
      this.#inHand.delete(running);
    }
  }
}
