import type { AdaptiveSettings } from './adaptive-ceiling.ts';
import type { DestinationBreakerSettings } from './destination-breaker.ts';
import type { OpeningHours } from './opening-hours.ts';
import type { RetryBudgetSettings } from './retry-budget.ts';

/** What bounds the calls of this process to one destination. What is absent does not bound. */
export interface DestinationLimit {
  /** The ceiling of calls in flight. */
  readonly maxInFlight: number;
  /** Absent: the ceiling itself, whatever the destination does. */
  readonly adaptive?: AdaptiveSettings;
  /** Calls per second, evenly spaced. */
  readonly perSecond?: number;
  readonly retryBudget?: RetryBudgetSettings;
  readonly breaker?: DestinationBreakerSettings;
  /** `Retry-After` is honoured up to so many milliseconds. Absent: not at all. */
  readonly longestRetryAfterMs?: number;
  /** Absent: always open. */
  readonly hours?: OpeningHours;
}

/** A destination was taken out of service by its breaker; somebody should know. No personal data. */
export interface FlowAlert {
  readonly destination: string;
  /** Of the failure that opened the breaker. */
  readonly code: string;
  /** The connection itself is at fault: nothing mends without somebody. */
  readonly route: boolean;
}

/** The numbers of a limit by their names, to be checked as positive. */
export function limitNumbers(limit: DestinationLimit): Readonly<Record<string, number>> {
  const { maxInFlight, perSecond, longestRetryAfterMs, breaker } = limit;
  return {
    maxInFlight,
    ...(perSecond === undefined ? {} : { perSecond }),
    ...(longestRetryAfterMs === undefined ? {} : { longestRetryAfterMs }),
    ...breaker,
  };
}
