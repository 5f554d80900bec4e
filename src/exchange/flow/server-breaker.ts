import type { Clock } from '../../domain/clock.ts';

/** When a Security Server is left alone, and for how long. */
export interface BreakerSettings {
  readonly failures: number;
  readonly openMs: number;
}

/** What a call has shown of the server. */
export type Health = 'works' | 'failed' | 'unclear';

/**
 * `closed` while it works; `open` after so many failures in a row, when nobody calls; `half-open` once the time is
 * up, when one call tries. Only trouble of the Security Server itself counts: a missing right or a silent provider
 * would be the same through another one.
 */
export class ServerBreaker {
  readonly #settings: BreakerSettings;
  readonly #clock: Clock;
  #failuresInARow = 0;
  #openUntil = 0;
  #trying = false;

  constructor(settings: BreakerSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Whether a call may go; in `half-open` it reserves the one trial. Each granted call must be reported. */
  tryAcquire(): boolean {
    if (this.#failuresInARow < this.#settings.failures) return true;
    if (this.#trying || this.waitMs() > 0) return false;
    this.#trying = true;
    return true;
  }

  /** Milliseconds until a trial is allowed; 0 when calls may go. */
  waitMs(): number {
    if (this.#failuresInARow < this.#settings.failures) return 0;
    return Math.max(0, this.#openUntil - this.#clock.monotonicMs());
  }

  report(outcome: Health): void {
    this.#trying = false;
    if (outcome === 'works') this.#failuresInARow = 0;
    if (outcome !== 'failed') return;
    this.#failuresInARow++;
    this.#openUntil = this.#clock.monotonicMs() + this.#settings.openMs;
  }
}
