import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 10;

/** Looks until something is the case; the limit only bounds a test that would otherwise hang. */
export async function until<T>(what: string, look: () => Promise<T | null | false>, limitMs = 20_000): Promise<T> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (performance.now() > giveUpAt) throw new Error(`never happened: ${what}`);
    await pause(LOOK_MS);
  }
}
