/** When a destination counts as slow. */
export interface AdaptiveSettings {
  /** Slow is this many times the usual median. */
  readonly slowFactor: number;
  /** Answers that come within so many milliseconds are never slow, whatever is usual. */
  readonly negligibleMs: number;
}

/** One finished call; milliseconds of the monotonic clock. */
export interface CallTiming {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** Fewer samples have no median worth the name. */
const SMALLEST_WINDOW = 20;

/** How far the usual moves towards a slower window: a service four times slower for good is accepted in four. */
const DRIFT = 0.1;

/**
 * How many calls may be in flight: starts at the configured ceiling, rises by one after each healthy window of answers,
 * halves when the destination is overloaded or slow, and stays between 1 and the ceiling. (Additive increase,
 * multiplicative decrease: the only simple rule with which many clients of one service settle on fair shares.)
 *
 * Slow is told by the median. A service of which one answer in ten takes eight times as long has a 95th percentile that
 * jumps from window to window, and would be held at one call for ever; overload delays all answers.
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
    const middle = median(this.#latencies);
    this.#latencies = [];
    const usual = this.#usualMs ?? middle;
    this.#usualMs = middle < usual ? middle : usual + DRIFT * (middle - usual);
    if (middle > Math.max(this.#settings.negligibleMs, this.#settings.slowFactor * usual)) this.#halve(nowMs);
    else this.#current = Math.min(this.#ceiling, this.#current + 1);
  }

  #halve(nowMs: number): void {
    this.#current = Math.max(1, Math.floor(this.#current / 2));
    this.#halvedAtMs = nowMs;
    this.#latencies = [];
  }
}

function median(latencies: readonly number[]): number {
  const sorted = [...latencies].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
