import { PARTNERS, type Config, type PartnerName } from './config.ts';
import type { DestinationLimit } from './exchange/flow/flow-settings.ts';

/**
 * What bounds the calls to each partner. The times of the breaker and of the retry budget follow the pauses of people
 * (`firstPauseMs`, a minute in production; `routePauseMs`; `longestPauseMs`), so that a demonstration or a drill that
 * scales those scales these as well.
 */
export function destinationLimits(config: Config): Readonly<Record<PartnerName, DestinationLimit>> {
  const limits = PARTNERS.map((name) => [name, destinationLimit(config, name)] as const);
  return Object.fromEntries(limits) as Record<PartnerName, DestinationLimit>;
}

function destinationLimit({ exchange, times, timeZone }: Config, name: PartnerName): DestinationLimit {
  const { flow } = exchange;
  const perSecond = flow.perSecond[name];
  const ranges = flow.hours[name];
  return {
    maxInFlight: exchange.maxInFlight[name],
    adaptive: { slowFactor: flow.slowFactor, negligibleMs: flow.slowMs },
    retryBudget: { share: flow.retryPercent / 100, windowMs: times.firstPauseMs, floor: flow.retryFloor },
    breaker: {
      failures: flow.breakerFailures,
      routeFailures: flow.routeFailures,
      openMs: times.firstPauseMs,
      longestOpenMs: Math.max(times.firstPauseMs, times.routePauseMs),
    },
    longestRetryAfterMs: times.longestPauseMs,
    ...(perSecond === null ? {} : { perSecond }),
    ...(ranges === null ? {} : { hours: { ranges, timeZone } }),
  };
}
