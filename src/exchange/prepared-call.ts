import type { Interpretation } from './interpretation.ts';
import type { WireAnswer, WireRequest } from './transport/wire.ts';

/** A call written down: what goes out, and how to understand what comes back. */
export interface PreparedCall<T> {
  readonly wire: WireRequest;
  readonly interpret: (answer: WireAnswer) => Interpretation<T>;
}
