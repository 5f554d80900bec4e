/**
 * The scheduler of one process: it looks at the night when the alarm rings, at its own start, and at every interval in
 * between, which is what catches up on a missed night, begins one that had to wait, and survives a lost Redis. Any
 * number of processes may schedule; PostgreSQL sees to it that a night is held once.
 */
import type { NightTimes } from '../src/pipeline/night/due-night.ts';
import { lookRepeatedly, type RepeatedLook } from './look-repeatedly.ts';
import { NIGHT_QUEUE, openNightQueue } from './night-queue.ts';
import type { QueueBackend } from './queue-backend.ts';
import { startWorker } from './worker.ts';

export interface SchedulerOptions {
  readonly backend: QueueBackend;
  readonly times: NightTimes;
  /** Looks at the night; what it throws is reported, and the next look tries again. */
  readonly look: () => Promise<unknown>;
  readonly intervalMs: number;
  readonly stalledIntervalMs: number;
  readonly onError: (error: Error) => void;
}

/** Starts looking, at once. */
export function startScheduler(options: SchedulerOptions): RepeatedLook {
  const { backend, times, onError } = options;
  const look = oneAtATime(options.look);
  const queue = openNightQueue(backend, onError);
  const worker = startWorker(
    backend,
    NIGHT_QUEUE,
    {
      concurrency: 1,
      stalledIntervalMs: options.stalledIntervalMs,
      onError,
      onFailure: (_name, _id, error) => onError(error),
    },
    look,
  );
  const looking = lookRepeatedly(async () => {
    await look().catch((error: unknown) => onError(error as Error));
    await queue.setAlarm(times);
  }, options);
  return {
    async close() {
      const ended = looking.close();
      await worker.close();
      await ended;
      await queue.close();
    },
  };
}

/** Whoever asks while a look is under way gets the end of that look. */
function oneAtATime(look: () => Promise<unknown>): () => Promise<unknown> {
  let underWay: Promise<unknown> | null = null;
  return () =>
    (underWay ??= look().finally(() => {
      underWay = null;
    }));
}
