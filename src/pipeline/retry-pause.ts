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
 * failed together from returning together; a partner's own Retry-After is the least that is waited.
 */
export function setback(
  result: Exclude<CallResult<unknown>, { kind: 'answer' | 'refusal' }>,
  tries: number,
  times: Times,
  random: () => number,
): Setback {
  if (result.kind === 'not-processed' && result.failure === 'route') return { pauseMs: times.routePauseMs, tries };
  const bound = Math.min(times.longestPauseMs, times.firstPauseMs * 2 ** Math.min(tries, 20));
  const asked = result.kind === 'not-processed' ? (result.retryAfterMs ?? 0) : 0;
  return { pauseMs: Math.round(Math.max(asked, random() * bound)), tries: tries + 1 };
}
