import type { FailureClass } from '../domain/partner-call.ts';
import type { Operation } from './exchange-client.ts';

/**
 * What a service's own HTTP status says, for adapters that have found no business code they know in the body.
 * `refusal-read-body`: only the body can tell (an unknown person, or an unknown path).
 */
export type ServiceStatus =
  'ok' | 'refusal-read-body' | { readonly failure: FailureClass; readonly code: string } | 'unknown';

type Verdict = 'refusal-read-body' | 'unknown' | FailureClass;

/** Statuses with a meaning of their own; `[read, write]` where a write is less certain than a read. */
const VERDICTS: Readonly<Record<number, Verdict | readonly [read: Verdict, write: Verdict]>> = {
  400: 'message',
  401: 'route',
  403: 'route',
  404: 'refusal-read-body',
  405: 'route',
  406: 'route',
  408: 'transient',
  409: 'refusal-read-body',
  412: 'refusal-read-body',
  413: 'message',
  415: 'route',
  422: 'message',
  425: 'transient',
  429: 'transient',
  503: ['transient', 'unknown'],
};

/** Classifies a status by the table; what the table does not hold is unknown, and a redirection is never followed. */
export function classifyServiceStatus(status: number, operation: Operation): ServiceStatus {
  if (status >= 200 && status <= 299) return 'ok';
  const verdict = verdictOf(status, operation);
  if (verdict === 'unknown' || verdict === 'refusal-read-body') return verdict;
  return { failure: verdict, code: `service-status-${status}` };
}

/** As above once the body has been read and told nothing: an unknown path for 404, and unknown for the others. */
export function classifyUnrecognisedRefusal(status: number): Exclude<ServiceStatus, 'ok' | 'refusal-read-body'> {
  return status === 404 ? { failure: 'route', code: 'service-status-404' } : 'unknown';
}

/** Milliseconds a `Retry-After` asks for; undefined when there is none to understand. Never negative, at most a day. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = /^\s*\d{1,9}\s*$/.test(header) ? Number(header) : secondsUntil(header, now);
  return Number.isFinite(seconds) ? Math.min(86_400_000, Math.max(0, Math.round(seconds * 1000))) : undefined;
}

// Date.parse takes nearly anything, `-1` included, for a date; HTTP dates begin with the name of a day.
function secondsUntil(httpDate: string, now: Date): number {
  return /^\s*[A-Z][a-z]{2}/.test(httpDate) ? (Date.parse(httpDate) - now.getTime()) / 1000 : Number.NaN;
}

function verdictOf(status: number, operation: Operation): Verdict {
  if (status >= 300 && status <= 399) return 'route';
  const verdict = VERDICTS[status] ?? 'unknown';
  if (typeof verdict === 'string') return verdict;
  return operation === 'read' ? verdict[0] : verdict[1];
}
