/** When a destination counts as slow. */
export interface AdaptiveSettings {
  /** Slow is this many times the usual 95th percentile. */
  readonly slowFactor: number;
  /** Answers that come within so many milliseconds are never slow, whatever is usual. */
  readonly negligibleMs: number;
}

/** One finished call; milliseconds of the monotonic clock. */
export interface CallTiming {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** Fewer samples have no 95th percentile worth the name. */
const SMALLEST_WINDOW = 20;

/** How far the usual moves towards a slower window: a service four times slower for good is accepted in four. */
const DRIFT = 0.1;

/**
 * How many calls may be in flight: starts at the configured ceiling, rises by one after each healthy window of answers,
 * halves when the destination is overloaded or slow, and stays between 1 and the ceiling. (Additive increase,
 * multiplicative decrease: the only simple rule with which many clients of one service settle on fair shares.)
 *
 * What left before the last halving tells about the load before it and is not heard again; otherwise the failures of
 * one overload would halve once each, down to 1.
 */
export class AdaptiveCeiling {
  readonly #ceiling: number;
  readonly #settings: AdaptiveSettings;
  #current: number;
  #usualMs: number | null = null;
  #latencies: number[] = [];
  #halvedAtMs = Number.NEGATIVE_INFINITY;

  constructor(ceiling: number, settings: AdaptiveSettings) {
    this.#ceiling = ceiling;
    this.#settings = settings;
    this.#current = ceiling;
  }

  /** A whole number from 1 to the configured ceiling. */
  get current(): number {
    return this.#current;
  }

  /** A time-out, a 429 or 503, an unknown outcome. */
  overloaded({ startedAtMs, endedAtMs }: CallTiming): void {
    if (startedAtMs >= this.#halvedAtMs) this.#halve(endedAtMs);
  }

  /** A call the destination has answered. */
  answered({ startedAtMs, endedAtMs }: CallTiming): void {
    if (startedAtMs < this.#halvedAtMs) return;
    this.#latencies.push(endedAtMs - startedAtMs);
    if (this.#latencies.length >= Math.max(SMALLEST_WINDOW, this.#current)) this.#closeWindow(endedAtMs);
  }

  #closeWindow(nowMs: number): void {
    const p95 = percentile95(this.#latencies);
    this.#latencies = [];
    const usual = this.#usualMs ?? p95;
    this.#usualMs = p95 < usual ? p95 : usual + DRIFT * (p95 - usual);
    if (p95 > Math.max(this.#settings.negligibleMs, this.#settings.slowFactor * usual)) this.#halve(nowMs);
    else this.#current = Math.min(this.#ceiling, this.#current + 1);
  }

  #halve(nowMs: number): void {
    this.#current = Math.max(1, Math.floor(this.#current / 2));
    this.#halvedAtMs = nowMs;
    this.#latencies = [];
  }
}

function percentile95(latencies: readonly number[]): number {
  const sorted = [...latencies].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}
