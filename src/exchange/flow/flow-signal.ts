import type { Operation } from '../exchange-client.ts';
import type { Interpretation } from '../interpretation.ts';
import { classifyServiceStatus, retryAfterMs } from '../service-status.ts';

/** What an end says of the destination. `neutral`: nothing. */
export type Verdict = 'works' | 'neutral' | 'transient' | 'unknown' | 'route';

/** What flow control learns from one call. */
export interface FlowSignal {
  readonly verdict: Verdict;
  /** The destination has more than it can do, or has fallen silent. */
  readonly overloaded: boolean;
  /** Milliseconds it asks to be left alone. */
  readonly pauseMs: number | null;
  readonly code: string;
}

/** The end of a call that left. */
export interface EndedCall {
  readonly interpretation: Interpretation<unknown>;
  readonly httpStatus: number | null;
  /** The header as it came. */
  readonly retryAfter?: string;
}

const TOO_BUSY: ReadonlySet<number | null> = new Set([429, 503]);

/** Reads the end of a call for what it says of its destination; `now` dates a `Retry-After` given as a date. */
export function flowSignal(ended: EndedCall, operation: Operation, now: Date): FlowSignal {
  const { verdict, code } = judge(ended, operation);
  const busy = TOO_BUSY.has(ended.httpStatus);
  return {
    verdict,
    overloaded: busy || verdict === 'unknown',
    pauseMs: busy ? (retryAfterMs(ended.retryAfter, now) ?? null) : null,
    code,
  };
}

function judge(
  { interpretation, httpStatus }: EndedCall,
  operation: Operation,
): { readonly verdict: Verdict; readonly code: string } {
  if (interpretation.kind === 'answer') return judgeAnswer(httpStatus, operation);
  const { class: failure, scope, code } = interpretation;
  // One message, or a caller who gave up. Trouble of our own Security Server has its own breaker, for all destinations.
  const elsewhere = scope === 'message' || (failure === 'transient' && scope === 'consumer-server');
  return { verdict: elsewhere || failure === 'message' ? 'neutral' : failure, code };
}

/** The service's own status: a refusal or a complaint about one message comes from a service that works. */
function judgeAnswer(
  httpStatus: number | null,
  operation: Operation,
): { readonly verdict: Verdict; readonly code: string } {
  const status = httpStatus === null ? 'ok' : classifyServiceStatus(httpStatus, operation);
  if (status === 'ok' || status === 'refusal-read-body') return { verdict: 'works', code: 'answer' };
  if (status === 'unknown') return { verdict: 'unknown', code: `service-status-${httpStatus ?? 0}` };
  return { verdict: status.failure === 'message' ? 'works' : status.failure, code: status.code };
}
