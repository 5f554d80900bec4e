import { setMaxListeners } from 'node:events';
import type { CallResult } from '../../domain/partner-call.ts';
import type { Registration, RegistrationRequest } from '../../domain/partners.ts';
import type { ClaimedHousehold, ClaimedMember } from '../../store/household/claim-household.ts';
import type { Move, RecordedRegistration, RecordedResult } from '../../store/household/commit-moves.ts';
import { markSending } from '../../store/household/plan-attempts.ts';
import { caseOf } from '../case-reference.ts';
import { recordedResult } from '../recorded-result.ts';
import type { StepContext } from '../step-context.ts';
import { afterSending, keptForNextRun } from './registration-moves.ts';

/** One registration ready to leave. */
export interface Outgoing {
  readonly member: ClaimedMember;
  readonly request: RegistrationRequest;
  readonly policyHolder: boolean;
}

export interface SentBatch {
  readonly moves: readonly Move[];
  readonly results: readonly RecordedResult[];
  readonly registrations: readonly RecordedRegistration[];
}

/**
 * Sends registrations, each exactly once: the intent is committed first; then, if the lease still has room for three
 * write deadlines by the monotonic clock, all leave together. A process that was paused in between sends nothing: its
 * people stay `sending` and are looked up after the settle window by whoever holds the household then. Whom the run's
 * cap leaves no place stays for the next run.
 * Null when the lease ran short. Throws {@link FencedOut}.
 */
export async function sendRegistrations(
  context: StepContext,
  household: ClaimedHousehold,
  outgoing: readonly Outgoing[],
  leaseEndsAt: number,
): Promise<SentBatch | null> {
  const written = outgoing.map((one) => ({ ...one, messageId: context.newMessageId() }));
  const mayLeave = await markSending(
    context.db,
    household,
    written.map(({ member, messageId, request, policyHolder }) => ({
      messageId,
      enrolmentId: member.enrolmentId,
      operation: 'register',
      number: member.sends + 1,
      from: member.state,
      insurer: request.insurer,
      asHolder: policyHolder,
    })),
  );
  const letters = written.filter(({ member }) => mayLeave.has(member.enrolmentId));
  const kept = written
    .filter((letter) => !letters.includes(letter))
    .map(({ member }) => keptForNextRun(context, member, 'PLAFOND_ATTEINT'));
  if (letters.length === 0) return { moves: kept, results: [], registrations: [] };
  if (!leaseHasRoom(context, leaseEndsAt)) return null;
  // A large household waits for places at its destination. What has not left when the room ends must stay: whoever
  // holds the household next may have looked for it by then. The signal ends the waiting; the time itself is compared
  // once more as the first byte is written, for a process that was stopped meanwhile.
  const leaveBy = leavingEndsAt(context, leaseEndsAt);
  const signal = AbortSignal.timeout(Math.max(0, Math.floor(leaveBy - context.clock.monotonicMs())));
  // Every letter of a large household listens; the warning at eleven is meant for leaks.
  setMaxListeners(letters.length + 1, signal);
  const answers = await Promise.all(
    letters.map(async (letter) => {
      const issue = caseOf(household);
      const call = { messageId: letter.messageId, issue, signal, leaveBy, attempt: letter.member.tries + 1 };
      return { letter, result: await context.insurer.register(letter.request, call) };
    }),
  );
  return {
    moves: [...answers.map(({ letter, result }) => afterSending(context, letter.member, result)), ...kept],
    results: answers.map(({ result }) => recordedResult(result)),
    registrations: answers.flatMap(({ letter, result }) => recorded(household, letter, result)),
  };
}

/** Whether a registration that leaves now ends well inside the lease. */
export function leaseHasRoom(context: StepContext, leaseEndsAt: number): boolean {
  return context.clock.monotonicMs() < leavingEndsAt(context, leaseEndsAt);
}

/** Until when registrations may leave, by the monotonic clock: their answers come back well inside the lease. */
function leavingEndsAt({ times }: StepContext, leaseEndsAt: number): number {
  return leaseEndsAt - 3 * times.writeDeadlineMs;
}

function recorded(
  household: ClaimedHousehold,
  { member, request, policyHolder, messageId }: Outgoing & { readonly messageId: string },
  result: CallResult<Registration>,
): readonly RecordedRegistration[] {
  if (result.kind !== 'answer') return [];
  return [
    {
      ...result.value,
      enrolmentId: member.enrolmentId,
      campaign: household.campaign,
      insurer: request.insurer,
      policyHolder,
      learnedBy: 'answer',
      messageId,
    },
  ];
}
