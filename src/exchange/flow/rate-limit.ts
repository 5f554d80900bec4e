import type { Clock } from '../../domain/clock.ts';

/**
 * Calls per second, evenly spaced: a bucket of one token. A deeper bucket would let a burst through after every quiet
 * moment, which is what a small service behind an agreed rate suffers from most.
 */
export class RateLimit {
  readonly #spacingMs: number;
  readonly #clock: Clock;
  #nextAtMs = Number.NEGATIVE_INFINITY;

  constructor(perSecond: number, clock: Clock) {
    this.#spacingMs = 1_000 / perSecond;
    this.#clock = clock;
  }

  /** Takes the next free moment and tells how many milliseconds away it is. */
  reserve(): number {
    const now = this.#clock.monotonicMs();
    const at = Math.max(now, this.#nextAtMs);
    this.#nextAtMs = at + this.#spacingMs;
    return at - now;
  }
}
