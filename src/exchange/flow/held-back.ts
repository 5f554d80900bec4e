import type { FailureClass } from '../../domain/partner-call.ts';

/** Why flow control keeps a call from leaving; nothing was sent. `docs/flow-control.md` explains each. */
export const HELD_BACK = Object.freeze({
  'destination-paused': { class: 'route', reason: 'a person has paused the destination' },
  'destination-closed': { class: 'route', reason: 'outside the opening hours of the destination' },
  'route-down': { class: 'route', reason: 'the route to the destination failed repeatedly; probed now and then' },
  'breaker-open': { class: 'transient', reason: 'the destination failed repeatedly; probed when the time is up' },
  'retry-after': { class: 'transient', reason: 'the destination asked to be left alone for a while' },
  'retry-budget': { class: 'transient', reason: 'retries have used their share of the calls to the destination' },
} as const satisfies Readonly<Record<string, { readonly class: FailureClass; readonly reason: string }>>);

export type HeldBackCode = keyof typeof HELD_BACK;

/** A call that did not leave. `waitMs` null: nobody knows for how long. */
export interface HeldBack {
  readonly kind: 'held-back';
  readonly code: HeldBackCode;
  readonly waitMs: number | null;
}

export function heldBack(code: HeldBackCode, waitMs: number | null): HeldBack {
  return { kind: 'held-back', code, waitMs };
}
