import type { CallResult, MessageTrace } from '../../domain/partner-call.ts';
import type { Operation, RestAnswer } from '../exchange-client.ts';
import { classifyServiceStatus, classifyUnrecognisedRefusal, retryAfterMs } from '../service-status.ts';
import { parseObject } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import { UnusableAnswerError } from './unusable-answer.ts';

/** What a service says with a code of its own. */
export type BusinessMeaning<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'refusal'; readonly code: string }
  | { readonly kind: 'unknown'; readonly code: string };

/** How the answers to one operation are understood. */
export interface AnswerRules<T> {
  readonly operation: Operation;
  /** Statuses the contract gives a result with. A 202 is not among them: accepted is not done. */
  readonly success: readonly number[];
  /** Reads a result; throws `UnusableAnswerError`. */
  readonly read: (body: JsonObject) => T;
  /** By status and code together, `404 CNI_INCONNUE`: the same code with another status proves nothing. */
  readonly codes: Readonly<Record<string, BusinessMeaning<T>>>;
}

/** Makes one of the four ends of a service's answer; the evidence of the exchange goes with it. */
export function restOutcome<T>(result: CallResult<RestAnswer>, rules: AnswerRules<T>): CallResult<T> {
  if (result.kind !== 'answer') return result;
  const { value: answer, trace } = result;
  if (rules.success.includes(answer.status)) return resultOutcome(answer, rules.read, trace);
  const meaning = rules.codes[`${answer.status} ${problemCode(answer)}`];
  return meaning === undefined ? statusOutcome(answer, rules.operation, trace) : { ...meaning, trace };
}

function resultOutcome<T>(answer: RestAnswer, read: (body: JsonObject) => T, trace: MessageTrace): CallResult<T> {
  const body = parseObject(answer.body);
  if (body === null) return { kind: 'unknown', code: 'PAYLOAD_INVALID', trace };
  try {
    return { kind: 'answer', value: read(body), trace };
  } catch (error) {
    if (error instanceof UnusableAnswerError) return { kind: 'unknown', code: error.code, trace };
    throw error;
  }
}

function problemCode(answer: RestAnswer): string {
  const code = parseObject(answer.body)?.['code'];
  return typeof code === 'string' ? code : '';
}

function statusOutcome(
  answer: RestAnswer,
  operation: Operation,
  trace: MessageTrace,
): Exclude<CallResult<never>, { kind: 'answer' }> {
  const status = classifyServiceStatus(answer.status, operation);
  const verdict = status === 'refusal-read-body' ? classifyUnrecognisedRefusal(answer.status) : status;
  if (typeof verdict === 'string') return { kind: 'unknown', code: `service-status-${answer.status}`, trace };
  const wait = retryAfterMs(answer.headers['retry-after'], new Date(trace.endedAt));
  const pause = verdict.failure === 'transient' && wait !== undefined ? { retryAfterMs: wait } : {};
  return { kind: 'not-processed', failure: verdict.failure, code: verdict.code, ...pause, trace };
}
