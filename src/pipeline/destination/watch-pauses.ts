import { setTimeout as pause } from 'node:timers/promises';
import type { Executor } from '../../store/database.ts';
import { listPauses } from '../../store/destination/destination-pauses.ts';

/** What this process knows of the pauses. */
export interface PauseWatch {
  isPaused(destination: string): boolean;
  /** Ends after the look in hand. */
  close(): Promise<void>;
}

export interface WatchOptions {
  readonly intervalMs: number;
  /** Told of a look that failed. */
  readonly onError: (error: Error) => void;
}

/**
 * Reads the pauses once, then looks again at every interval. A look that fails changes nothing: without PostgreSQL no
 * household can be claimed and no intent written, so that nothing new would leave anyway. Rejects when even the first
 * look fails: a process that does not know the pauses must not call anybody.
 */
export async function watchPauses(db: Executor, { intervalMs, onError }: WatchOptions): Promise<PauseWatch> {
  let paused = await pausedNames(db);
  const stop = new AbortController();
  const ended = (async () => {
    for (;;) {
      // Not a reason for a command that is done to stay alive.
      await pause(intervalMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined); // woken to stop
      if (stop.signal.aborted) return;
      paused = await pausedNames(db).catch((error: unknown) => {
        onError(error as Error);
        return paused;
      });
    }
  })();
  return {
    isPaused: (destination) => paused.has(destination),
    async close() {
      stop.abort();
      await ended;
    },
  };
}

async function pausedNames(db: Executor): Promise<ReadonlySet<string>> {
  return new Set((await listPauses(db)).map(({ name }) => name));
}
