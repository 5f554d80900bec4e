import type { EnrolmentState } from '../domain/enrolment-state.ts';
import type { ClaimedMember } from '../store/household/claim-household.ts';
import type { Move } from '../store/household/commit-moves.ts';
import type { StepContext } from './step-context.ts';

/** What a move changes; whatever it leaves out stays as it is or is empty. */
export type MovePatch = Pick<Move, 'to' | 'step'> & Partial<Move>;

/** A member's move from a state, under the policy in force. */
export function memberMove(
  { policy, ruleSet }: StepContext,
  member: ClaimedMember,
  from: EnrolmentState,
  patch: MovePatch,
): Move {
  return {
    enrolmentId: member.enrolmentId,
    from,
    reasons: [],
    pauseMs: null,
    tries: member.tries,
    ruleVersion: policy.version,
    ruleSet,
    certificate: [],
    identity: null,
    renews: null,
    registrationCode: null,
    ...patch,
  };
}
