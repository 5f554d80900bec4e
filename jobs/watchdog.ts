/**
 * A worker can fall silent without an error: a queue connection that is half open after a fail-over looks healthy and
 * delivers nothing. The watchdog compares what Postgres says is due with what the workers of this process begin. Work
 * that is due while a worker is idle for a whole period means that worker is deaf: it is made anew. If the new one stays
 * silent for another period, the fault is not in the worker, and the process says so and ends, for its supervisor to
 * start it again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../src/domain/clock.ts';
import type { Step } from '../src/store/household/claim-household.ts';

/** A worker as the watchdog sees it. */
export interface WatchedWorker {
  /** Jobs begun so far. */
  started(): number;
  /** Whether a job is in hand that may still be at work: one older than a lease is not. */
  isBusy(): boolean;
  /** Replaces the worker by a new one, without waiting for the old. */
  recreate(): void;
}

export interface WatchdogOptions {
  readonly workers: Readonly<Record<Step, WatchedWorker>>;
  /** Whether a household could be claimed now for a step. Rejects when Postgres cannot say; then nothing is concluded. */
  readonly isDue: (step: Step) => Promise<boolean>;
  readonly clock: Clock;
  /** How long work may be due before an idle worker is taken for deaf. */
  readonly periodMs: number;
  readonly onRecreated: (step: Step) => void;
  /** Called once, when a new worker is silent as well. */
  readonly onStuck: (step: Step) => void;
}

export interface Watchdog {
  close(): Promise<void>;
}

const STEPS: readonly Step[] = ['verify', 'register'];
const LOOKS_PER_PERIOD = 8;

/** Starts watching until closed, or until a worker is stuck. */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const stop = new AbortController();
  const watches = STEPS.map((step) => watchOn(options, step));
  const ended = (async () => {
    const everyMs = options.periodMs / LOOKS_PER_PERIOD;
    const rest = (): Promise<boolean> => pause(everyMs, true, { signal: stop.signal }).catch(() => false); // woken to stop
    while (await rest()) for (const look of watches) if (await look()) return;
  })();
  return {
    async close() {
      stop.abort();
      await ended;
    },
  };
}

/** A look at one worker, to be repeated; true when it is stuck. */
export function watchOn(options: WatchdogOptions, step: Step): () => Promise<boolean> {
  const { clock, periodMs } = options;
  const worker = options.workers[step];
  let started = worker.started();
  let silentSince = clock.monotonicMs();
  let isNew = false;
  return async () => {
    const begun = worker.started() !== started;
    if (begun) isNew = false;
    // When Postgres cannot say what is due, nobody is late.
    if (begun || worker.isBusy() || !(await options.isDue(step).catch(() => false))) {
      started = worker.started();
      silentSince = clock.monotonicMs();
      return false;
    }
    if (clock.monotonicMs() - silentSince < periodMs) return false;
    if (isNew) {
      options.onStuck(step);
      return true;
    }
    worker.recreate();
    isNew = true;
    silentSince = clock.monotonicMs();
    options.onRecreated(step);
    return false;
  };
}
