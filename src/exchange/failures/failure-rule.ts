import type { FailureClass } from '../../domain/partner-call.ts';
import type { CodeOrigin } from './error-code.ts';

/** `unknown` is the default everywhere: the service may have been reached. */
export type OutcomeClass = FailureClass | 'unknown';

/** Whose trouble it is. `consumer-server`: our own Security Server's, so that another one may do better. */
export type FailureScope = 'message' | 'route' | 'consumer-server' | 'provider-server';

export type Protocol = 'rest' | 'soap';

/** One line of the classification. The first line that fits decides. */
export interface FailureRule {
  readonly origin: CodeOrigin;
  /**
   * Codes after the origin, in the spelling of versions up to 7.7; each stands for itself and everything below it,
   * because wrapping appends: the first segment tells the phase. `*` is any code.
   */
  readonly codes: readonly string[];
  /** Absent: both. */
  readonly protocol?: Protocol;
  /** The beginning of the message; a rule with one only ever makes an unknown outcome definite. */
  readonly text?: RegExp;
  /** The same in words, for the documentation; present with `text`. */
  readonly says?: string;
  readonly class: OutcomeClass;
  readonly scope: FailureScope;
  /** Somebody must look even though nothing is lost. */
  readonly alert?: true;
  readonly reason: string;
}
