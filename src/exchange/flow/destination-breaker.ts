/**
 * The breaker of one destination. Three states:
 *
 * - **closed**: calls pass. So many failures in a row open it; fewer are needed when they are failures of the route (a
 *   right withdrawn, a certificate refused), which no repetition mends.
 * - **open**: nothing passes until the time is up.
 * - **half-open**: the time is up; the next call is the probe, and until it has ended nothing else passes. A probe that
 *   works closes the breaker. One that fails opens it for twice as long as before, up to a bound. One that says nothing
 *   of the destination (its caller gave up, our own Security Server failed) leaves it to the next call to be the probe.
 *
 * Calls that left before the breaker opened are not heard when they end: they tell about the time before.
 */
import type { Clock } from '../../domain/clock.ts';
import type { Verdict } from './flow-signal.ts';

/** When it opens and for how long; milliseconds. */
export interface DestinationBreakerSettings {
  /** In a row, of any kind. */
  readonly failures: number;
  /** In a row, all of the route. */
  readonly routeFailures: number;
  readonly openMs: number;
  readonly longestOpenMs: number;
}

/** Given to a call that leaves, handed back with its end. */
export interface Permit {
  readonly era: number;
  readonly probe: boolean;
}

/** Why nothing passes, and for how long. */
export interface BreakerRefusal {
  readonly route: boolean;
  readonly waitMs: number;
}

export class DestinationBreaker {
  readonly #settings: DestinationBreakerSettings;
  readonly #clock: Clock;
  readonly #random: () => number;
  #state: 'closed' | 'open' | 'half-open' = 'closed';
  /** One more at every change of state; a permit of another era is stale. */
  #era = 0;
  #failuresInARow = 0;
  #routeInARow = 0;
  #openings = 0;
  #openUntilMs = 0;
  #route = false;

  constructor(settings: DestinationBreakerSettings, clock: Clock, random: () => number) {
    this.#settings = settings;
    this.#clock = clock;
    this.#random = random;
  }

  /** Null when a call may pass. */
  refusal(): BreakerRefusal | null {
    if (this.#state === 'closed') return null;
    const waitMs = Math.ceil(this.#openUntilMs - this.#clock.monotonicMs());
    if (this.#state === 'open') return waitMs > 0 ? { route: this.#route, waitMs } : null;
    return { route: this.#route, waitMs: this.#settings.openMs };
  }

  /** For a call that `refusal` let pass. Every permit must be handed back. */
  enter(): Permit {
    if (this.#state !== 'open') return { era: this.#era, probe: false };
    this.#change('half-open');
    return { era: this.#era, probe: true };
  }

  /** How the call ended. True when a closed breaker has opened just now. */
  report(permit: Permit, verdict: Verdict): boolean {
    if (permit.era !== this.#era) return false;
    if (permit.probe) {
      this.#settleProbe(verdict);
      return false;
    }
    if (verdict === 'works') this.#forget();
    if (verdict === 'works' || verdict === 'neutral') return false;
    this.#failuresInARow++;
    this.#routeInARow = verdict === 'route' ? this.#routeInARow + 1 : 0;
    const { failures, routeFailures } = this.#settings;
    if (this.#failuresInARow < failures && this.#routeInARow < routeFailures) return false;
    this.#open(verdict);
    return true;
  }

  #settleProbe(verdict: Verdict): void {
    if (verdict === 'neutral') this.#change('open');
    else if (verdict !== 'works') this.#open(verdict);
    else {
      this.#change('closed');
      this.#openings = 0;
      this.#forget();
    }
  }

  #open(verdict: Verdict): void {
    this.#change('open');
    this.#route = verdict === 'route';
    const { openMs, longestOpenMs } = this.#settings;
    const bound = Math.min(longestOpenMs, openMs * 2 ** Math.min(this.#openings++, 20));
    // Half of it by chance: several processes must not probe at the same moment.
    this.#openUntilMs = this.#clock.monotonicMs() + bound * (0.5 + this.#random() / 2);
    this.#forget();
  }

  #change(state: 'closed' | 'open' | 'half-open'): void {
    this.#state = state;
    this.#era++;
  }

  #forget(): void {
    this.#failuresInARow = 0;
    this.#routeInARow = 0;
  }
}
