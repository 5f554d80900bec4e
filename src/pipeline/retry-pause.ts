import type { CallResult } from '../domain/partner-call.ts';
import type { Times } from '../domain/times.ts';

/** What a call that brought no answer means for the person it was made for. */
export interface Setback {
  readonly pauseMs: number;
  /** The person's count of failed tries afterwards. */
  readonly tries: number;
}

/**
 * Pause before the next try. Full jitter (anything between zero and the doubled bound) keeps 300 000 households that
 * failed together from returning together; a partner's own Retry-After is the least that is waited. A failure of the
 * route and a call that never left are no try of the person's: after an outage they would all come back as retries,
 * and share the little that the retry budget lets through.
 */
export function setback(
  result: Exclude<CallResult<unknown>, { kind: 'answer' | 'refusal' }>,
  tries: number,
  times: Times,
  random: () => number,
): Setback {
  const asked = result.kind === 'not-processed' ? result.retryAfterMs : undefined;
  const spread = random();
  if (result.kind === 'not-processed' && (result.failure === 'route' || result.trace.securityServer === null)) {
    const pauseMs = asked === undefined ? times.routePauseMs : asked + spread * times.firstPauseMs;
    return { pauseMs: Math.round(pauseMs), tries };
  }
  const bound = Math.min(times.longestPauseMs, times.firstPauseMs * 2 ** Math.min(tries, 20));
  return { pauseMs: Math.round(Math.max(asked ?? 0, spread * bound)), tries: tries + 1 };
}
