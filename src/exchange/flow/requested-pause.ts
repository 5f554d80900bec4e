import type { Clock } from '../../domain/clock.ts';

/** How long a destination has asked to be left alone, by `Retry-After`: never longer than the bound. */
export class RequestedPause {
  readonly #longestMs: number;
  readonly #clock: Clock;
  #untilMs = Number.NEGATIVE_INFINITY;

  constructor(longestMs: number, clock: Clock) {
    this.#longestMs = longestMs;
    this.#clock = clock;
  }

  /** A later answer can lengthen a pause, not shorten it: it may have left before the one that asked for more. */
  ask(ms: number): void {
    this.#untilMs = Math.max(this.#untilMs, this.#clock.monotonicMs() + Math.min(ms, this.#longestMs));
  }

  /** Milliseconds until calls may go; 0 when they may. */
  waitMs(): number {
    return Math.max(0, Math.ceil(this.#untilMs - this.#clock.monotonicMs()));
  }
}
