/** The moves registration makes, each from what a call ended in. */
import type { CallResult } from '../../domain/partner-call.ts';
import type { Registration } from '../../domain/partners.ts';
import { blocks, inCatalogueOrder, type ReasonCode } from '../../domain/reasons.ts';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { ClaimedMember } from '../../store/household/claim-household.ts';
import type { Move } from '../../store/household/commit-moves.ts';
import { memberMove } from '../member-move.ts';
import { setback } from '../retry-pause.ts';
import type { StepContext } from '../step-context.ts';

/** Remarks about the way there, which end with it. */
const PASSING: readonly ReasonCode[] = [
  'SERVICE_INDISPONIBLE',
  'TITULAIRE_EN_ATTENTE',
  'ISSUE_INCONNUE',
  'ENVOI_A_BLANC',
  'PLAFOND_ATTEINT',
];

/** SIGICMU holds the registration: the end we work for. */
export function settled(
  context: StepContext,
  member: ClaimedMember,
  from: EnrolmentState,
  registration: Registration,
): Move {
  return memberMove(context, member, from, {
    to: registration.kind === 'renewal' ? 'renewed' : 'enrolled',
    step: 'none',
    reasons: inCatalogueOrder([...lastingRemarks(member), 'PHOTO_MANQUANTE']),
    registrationCode: registration.registrationCode,
  });
}

/** Remarks made at verification, such as an expired card, stay with the person. */
function lastingRemarks({ reasons }: ClaimedMember): readonly ReasonCode[] {
  return reasons.filter((code) => !blocks(code) && !PASSING.includes(code));
}

/**
 * Not sent by the run in hand, and ready for the next. Whoever was sent once and proven absent is `deferred`: their
 * history has left `confirmed` for good.
 */
export function keptForNextRun(context: StepContext, member: ClaimedMember, reason: ReasonCode): Move {
  const wasSent = member.state === 'sending' || member.state === 'outcome-unknown';
  return memberMove(context, member, member.state, {
    to: wasSent ? 'deferred' : 'confirmed',
    step: 'register',
    reasons: inCatalogueOrder([...lastingRemarks(member), reason]),
    untilNextRun: true,
  });
}

/** A rehearsal asks nothing about a registration whose outcome is not known: the next run settles it. */
export function unsettledUntilNextRun(context: StepContext, member: ClaimedMember): Move {
  return { ...unknownFor(context, member, member.state, 0), pauseMs: null, untilNextRun: true };
}

/** A person must look. */
export function toReview(context: StepContext, member: ClaimedMember, from: EnrolmentState, reason: ReasonCode): Move {
  return memberMove(context, member, from, { to: 'needs-review', step: 'none', reasons: [reason] });
}

/** Taken up again after a pause; nothing of it was sent. */
export function postponed(
  context: StepContext,
  member: ClaimedMember,
  from: EnrolmentState,
  reason: ReasonCode,
  pauseMs: number,
): Move {
  return memberMove(context, member, from, { to: 'deferred', step: 'register', reasons: [reason], pauseMs });
}

/** May have been registered, now or later: looked at again once it cannot change any more. */
export function unknownFor(context: StepContext, member: ClaimedMember, from: EnrolmentState, pauseMs: number): Move {
  return memberMove(context, member, from, {
    to: 'outcome-unknown',
    step: 'register',
    reasons: ['ISSUE_INCONNUE'],
    pauseMs,
  });
}

/** What an answer to a registration means. */
export function afterSending(context: StepContext, member: ClaimedMember, result: CallResult<Registration>): Move {
  switch (result.kind) {
    case 'answer':
      return settled(context, member, 'sending', result.value);
    case 'refusal':
      return toReview(
        context,
        member,
        'sending',
        result.code === 'already-registered' ? 'DOUBLON_SIGICMU' : 'SIGICMU_REFUS',
      );
    case 'not-processed': {
      if (result.failure === 'message') return toReview(context, member, 'sending', 'MESSAGE_REFUSE');
      const pause = setback(result, member.tries, context.times, context.random);
      const later = postponed(context, member, 'sending', 'SERVICE_INDISPONIBLE', pause.pauseMs);
      return { ...later, tries: pause.tries };
    }
    case 'unknown':
      return unknownFor(context, member, 'sending', context.times.settleMs);
  }
}
