import { canonicalCode } from './failures/error-code.ts';
import { classifyExchangeError } from './failures/classify-exchange-error.ts';
import type { FailureScope, OutcomeClass, Protocol } from './failures/failure-rule.ts';
import { OWN_FAILURES } from './failures/own-failures.ts';
import type { OwnFailureCode } from './failures/own-failures.ts';

/** What of an answer is kept as evidence. */
export interface AnswerEvidence {
  readonly requestId: string | null;
  readonly requestHash: string | null;
  readonly errorDetailId: string | null;
}

/** A failed exchange, classified. `code` is stable and free of personal data. */
export interface ExchangeFailure {
  readonly kind: 'failure';
  readonly class: OutcomeClass;
  readonly scope: FailureScope;
  readonly code: string;
  readonly evidence: AnswerEvidence;
}

/** What one response means: the service's own answer, or a failure of the exchange. */
export type Interpretation<T> =
  { readonly kind: 'answer'; readonly value: T; readonly evidence: AnswerEvidence } | ExchangeFailure;

export const NO_EVIDENCE: AnswerEvidence = Object.freeze({ requestId: null, requestHash: null, errorDetailId: null });

/** A failure found on our side; `detail` narrows the code and must be a word of ours, never text of an answer. */
export function ownFailure(code: OwnFailureCode, evidence = NO_EVIDENCE, detail?: string): ExchangeFailure {
  const { class: outcome, scope } = OWN_FAILURES[code];
  return {
    kind: 'failure',
    class: outcome,
    scope,
    code: detail === undefined ? code : `${code}.${detail}`,
    evidence,
  };
}

/** An error reported by a Security Server. `detailId` is kept only when it is a UUID. */
export function reportedFailure(protocol: Protocol, error: ReportedError): ExchangeFailure {
  const verdict = classifyExchangeError(protocol, error.code, error.text);
  return {
    kind: 'failure',
    class: verdict.class,
    scope: verdict.scope,
    code: canonicalCode(error.code),
    evidence: { ...NO_EVIDENCE, errorDetailId: UUID.test(error.detailId) ? error.detailId : null },
  };
}

/** An error as a Security Server words it; absent parts are empty. */
export interface ReportedError {
  readonly code: string;
  readonly text: string;
  readonly detailId: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
