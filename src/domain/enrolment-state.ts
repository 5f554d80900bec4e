/**
 * The states of one person's enrolment, and who may move it.
 *
 * A person arrives `received`. Verification makes of it `confirmed` (identity established, registration may start),
 * `already-enrolled` (SIGICMU covers the person to date), `needs-review` (a person must look) or `deferred` (a registry
 * was away; verified again when due).
 *
 * A `confirmed` person becomes `sending` in the same commit that stores the message id of the registration about to
 * leave. From `sending` a definite answer leads to `enrolled` or `renewed`, a business refusal to `needs-review`, a proof that nothing was processed to
 * `deferred`, and everything else to `outcome-unknown`. From `outcome-unknown`, as from a `sending` whose worker died,
 * SIGICMU is looked at once the settle window has passed: found ends as `enrolled` or `renewed`, absent goes through
 * `sending` again. An unknown outcome that outlives its age limit goes to `needs-review`; it is never a refusal.
 *
 * A rehearsal, and a run whose cap is reached, leave a person `confirmed` for the next run and say why. The next real run
 * after a rehearsal makes them `received` again: nothing is sent on answers of another day.
 *
 * Only a named person moves anything out of `needs-review`. A decision leads to `confirmed`, or to one of the three
 * negative ends; a registration that was sent before, and may have arrived, is not sent again on a decision but becomes
 * `outcome-unknown`: SIGICMU is looked at first. An order to do people again leads to `received` (nobody has decided:
 * verified afresh), and for those a person had confirmed back to where that decision led. No person moves anything
 * else: what is under way ends by itself, and an end stays an end.
 * The machine enrols; it never refuses (loi 2008-12: no adverse decision by automated processing alone).
 */

/** Every state, in the order reports print them. */
export const ENROLMENT_STATES = [
  'received',
  'confirmed',
  'sending',
  'enrolled',
  'already-enrolled',
  'renewed',
  'needs-review',
  'deferred',
  'outcome-unknown',
  'discarded-duplicate',
  'discarded-deceased',
  'out-of-scope',
] as const;

export type EnrolmentState = (typeof ENROLMENT_STATES)[number];

/** Who moves a state: the worker, or a named person through a recorded decision. */
export type Mover = 'machine' | 'person';

const MACHINE_MOVES: Readonly<Record<EnrolmentState, readonly EnrolmentState[]>> = {
  received: ['confirmed', 'already-enrolled', 'needs-review', 'deferred'],
  confirmed: ['confirmed', 'received', 'sending', 'needs-review', 'deferred'],
  sending: ['sending', 'enrolled', 'renewed', 'needs-review', 'deferred', 'outcome-unknown'],
  'outcome-unknown': ['outcome-unknown', 'sending', 'enrolled', 'renewed', 'needs-review', 'deferred'],
  deferred: ['confirmed', 'already-enrolled', 'needs-review', 'deferred', 'sending'],
  enrolled: [],
  'already-enrolled': [],
  renewed: [],
  'needs-review': [],
  'discarded-duplicate': [],
  'discarded-deceased': [],
  'out-of-scope': [],
};

const PERSON_MOVES: Readonly<Partial<Record<EnrolmentState, readonly EnrolmentState[]>>> = {
  'needs-review': [
    'confirmed',
    'received',
    'outcome-unknown',
    'discarded-duplicate',
    'discarded-deceased',
    'out-of-scope',
  ],
};

/** Whether `mover` may take an enrolment from one state to another. The one place where this is decided. */
export function mayMove(from: EnrolmentState, to: EnrolmentState, mover: Mover): boolean {
  const moves = mover === 'machine' ? MACHINE_MOVES[from] : (PERSON_MOVES[from] ?? []);
  return moves.includes(to);
}

/** States that mean: SIGICMU covers this person. */
export const COVERED_STATES = ['enrolled', 'already-enrolled', 'renewed'] as const satisfies readonly EnrolmentState[];

/** Narrows text read from a database or a command line. */
export function isEnrolmentState(text: string): text is EnrolmentState {
  return (ENROLMENT_STATES as readonly string[]).includes(text);
}
