import { setTimeout as pause } from 'node:timers/promises';

/** Looks that go on until closed. */
export interface RepeatedLook {
  /** Ends after the look in hand. */
  close(): Promise<void>;
}

/**
 * Looks at once and then at every interval; the signal is aborted by the closing. A look that fails is reported, and the
 * next one tries again.
 */
export function lookRepeatedly(
  look: (closing: AbortSignal) => Promise<unknown>,
  { intervalMs, onError }: { readonly intervalMs: number; readonly onError: (error: Error) => void },
): RepeatedLook {
  const stop = new AbortController();
  const ended = (async () => {
    while (!stop.signal.aborted) {
      await look(stop.signal).catch((error: unknown) => onError(error as Error));
      await pause(intervalMs, undefined, { signal: stop.signal }).catch(() => undefined); // woken to stop
    }
  })();
  return {
    async close() {
      stop.abort();
      await ended;
    },
  };
}
