import type { Clock } from '../../domain/clock.ts';

/** How many second and later attempts may leave. */
export interface RetryBudgetSettings {
  /** Of the first attempts of the window: 0.1 is a tenth. */
  readonly share: number;
  /** A minute in production. */
  readonly windowMs: number;
  /** Retries that pass in every sixtieth of the window whatever the share, so that a trickle always does. */
  readonly floor: number;
}

const SLOTS = 60;

/**
 * Keeps retries from multiplying the load of a destination that fails: in every sliding window at most a share of the
 * first attempts, and the floor. Counted in sixty slots, so that the window slides by a second of its minute.
 */
export class RetryBudget {
  readonly #settings: RetryBudgetSettings;
  readonly #clock: Clock;
  readonly #slotMs: number;
  readonly #firsts = new Array<number>(SLOTS).fill(0);
  readonly #retries = new Array<number>(SLOTS).fill(0);
  #firstsInWindow = 0;
  #retriesInWindow = 0;
  #slot: number;

  constructor(settings: RetryBudgetSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#slotMs = settings.windowMs / SLOTS;
    this.#slot = Math.floor(clock.monotonicMs() / this.#slotMs);
  }

  /** Milliseconds until an attempt of this number is worth another look; 0 when it may leave. First ones always may. */
  waitMs(attempt: number): number {
    if (attempt <= 1) return 0;
    this.#slide();
    const { share, floor } = this.#settings;
    if (this.#retriesInWindow + 1 <= share * this.#firstsInWindow) return 0;
    if (this.#at(this.#retries) < floor) return 0;
    return Math.max(1, Math.ceil((this.#slot + 1) * this.#slotMs - this.#clock.monotonicMs()));
  }

  /** Notes an attempt that leaves. */
  count(attempt: number): void {
    this.#slide();
    const index = this.#slot % SLOTS;
    if (attempt <= 1) {
      this.#firsts[index] = this.#at(this.#firsts) + 1;
      this.#firstsInWindow++;
    } else {
      this.#retries[index] = this.#at(this.#retries) + 1;
      this.#retriesInWindow++;
    }
  }

  #at(counts: readonly number[]): number {
    return counts[this.#slot % SLOTS] ?? 0;
  }

  #slide(): void {
    const now = Math.floor(this.#clock.monotonicMs() / this.#slotMs);
    // After a pause longer than the window one turn of the ring empties it; walking further would do nothing.
    this.#slot = Math.max(this.#slot, now - SLOTS);
    while (this.#slot < now) {
      this.#slot++;
      const index = this.#slot % SLOTS;
      this.#firstsInWindow -= this.#firsts[index] ?? 0;
      this.#retriesInWindow -= this.#retries[index] ?? 0;
      this.#firsts[index] = 0;
      this.#retries[index] = 0;
    }
  }
}
