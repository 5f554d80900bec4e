/**
 * What a call to a partner can end in. The four ends are the whole vocabulary of the steps: no HTTP status, no library
 * error and no X-Road code travels further up than the adapters.
 */

/** Identifies one attempt and links it to its file. A new `messageId` for every attempt, stored before it is sent. */
export interface CallContext {
  /** Transport id of this attempt (UUID); unique over all attempts. */
  readonly messageId: string;
  /** Stable reference of the case, the same over all attempts, never a personal identifier. */
  readonly issue: string;
  /** Aborts a read. A write that has left is never aborted by it. */
  readonly signal?: AbortSignal;
  /** By the monotonic clock: what has not begun to leave by then never leaves, and was certainly not sent. */
  readonly leaveBy?: number;
  /** How often this has been tried, this time included; absent is 1. Later ones share the retry budget. */
  readonly attempt?: number;
}

/** What is known of an exchange afterwards: the evidence an auditor asks for. Times are ISO 8601, UTC. */
export interface MessageTrace {
  readonly messageId: string;
  readonly destination: string;
  readonly securityServer: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly httpStatus: number | null;
  /** Made by the consumer's Security Server, only on answers that crossed X-Road. */
  readonly requestId: string | null;
  readonly requestHash: string | null;
  /** UUID by which an error is found again in the Security Server's own log. */
  readonly errorDetailId: string | null;
}

/** Why a call proves that the service did not process it. */
export type FailureClass = 'transient' | 'route' | 'message';

/**
 * The end of one call.
 * - `answer`: complete, valid, recognised.
 * - `refusal`: the service itself says no for a business reason; definite, never retried. `code` is the adapter's.
 * - `not-processed`: certainly not executed. `transient` may be tried again, `route` needs somebody to act on the
 *   connection (never burns a person's attempts), `message` must not be sent again unchanged.
 * - `unknown`: it may have been executed, now or later. A read is simply repeated; a write is looked up first.
 */
export type CallResult<T> =
  | { readonly kind: 'answer'; readonly value: T; readonly trace: MessageTrace }
  | { readonly kind: 'refusal'; readonly code: string; readonly trace: MessageTrace }
  | {
      readonly kind: 'not-processed';
      readonly failure: FailureClass;
      readonly code: string;
      readonly retryAfterMs?: number;
      readonly trace: MessageTrace;
    }
  | { readonly kind: 'unknown'; readonly code: string; readonly trace: MessageTrace };
