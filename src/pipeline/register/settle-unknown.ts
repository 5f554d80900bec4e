/**
 * Registrations whose outcome is not known: sent, and the answer lost, or the worker dead before it came. While the
 * settle window lasts SIGICMU may still act on them, so looking would prove nothing. After it SIGICMU is asked by
 * business key: found is the end, a definite "not there" frees the person to be sent again.
 */
import type { ClaimedHousehold, ClaimedMember } from '../../store/household/claim-household.ts';
import type { Move, RecordedRegistration, RecordedResult } from '../../store/household/commit-moves.ts';
import { planReads } from '../../store/household/plan-attempts.ts';
import { caseOf } from '../case-reference.ts';
import { recordedResult } from '../recorded-result.ts';
import { setback } from '../retry-pause.ts';
import type { StepContext } from '../step-context.ts';
import { settled, toReview, unknownFor } from './registration-moves.ts';
import { businessKey } from './registration-request.ts';

/** What the look brought. `absent` members may be sent again; everybody else has a move. */
export interface SettledUnknown {
  readonly moves: readonly Move[];
  readonly results: readonly RecordedResult[];
  readonly found: readonly RecordedRegistration[];
  readonly absent: readonly ClaimedMember[];
}

/** Settles what can be settled now. */
export async function settleUnknown(
  context: StepContext,
  household: ClaimedHousehold,
  members: readonly ClaimedMember[],
): Promise<SettledUnknown> {
  const { times } = context;
  const moves: Move[] = [];
  const ripe: ClaimedMember[] = [];
  for (const member of members) {
    // Whoever is still `sending` was left by a process that may have waited for a place until its lease had no more room:
    // the request left that much later than the intent at most. An unknown outcome is told after its request had left.
    const leftAfterMs = member.state === 'sending' ? Math.max(0, times.leaseMs - 3 * times.writeDeadlineMs) : 0;
    const left = times.settleMs + leftAfterMs - (member.sentMsAgo ?? 0);
    if (left > 0) moves.push(unknownFor(context, member, member.state, Math.ceil(left)));
    else if (!context.insurer.capabilities.searchByReference)
      moves.push(toReview(context, member, member.state, 'ISSUE_INCONNUE_PROLONGEE'));
    else ripe.push(member);
  }
  const looked = await lookFor(context, household, ripe);
  return { ...looked, moves: [...moves, ...looked.moves] };
}

async function lookFor(
  context: StepContext,
  household: ClaimedHousehold,
  members: readonly ClaimedMember[],
): Promise<SettledUnknown> {
  const looked = { moves: [] as Move[], results: [] as RecordedResult[], found: [] as RecordedRegistration[] };
  const absent: ClaimedMember[] = [];
  if (members.length === 0) return { ...looked, absent };
  const planned = members.map((member) => ({ member, messageId: context.newMessageId() }));
  await planReads(
    context.db,
    household,
    planned.map(({ member, messageId }) => ({
      messageId,
      enrolmentId: member.enrolmentId,
      operation: 'find-registration',
      number: member.sends,
    })),
  );
  await Promise.all(
    planned.map(async ({ member, messageId }) => {
      const key = businessKey(household.campaign, member.ref);
      const call = { messageId, issue: caseOf(household), attempt: member.tries + 1 };
      const result = await context.insurer.findRegistration(key, call);
      looked.results.push(recordedResult(result));
      if (result.kind === 'answer' && result.value === null) {
        absent.push(member);
      } else if (result.kind === 'answer' && result.value !== null) {
        looked.moves.push(settled(context, member, member.state, result.value));
        looked.found.push({
          ...result.value,
          insurer: member.sentInsurer ?? '',
          policyHolder: member.sentAsHolder ?? false,
          enrolmentId: member.enrolmentId,
          campaign: household.campaign,
          learnedBy: 'look-up',
          messageId,
        });
      } else {
        looked.moves.push(stillUnknown(context, member, result));
      }
    }),
  );
  return { ...looked, absent };
}

function stillUnknown(
  context: StepContext,
  member: ClaimedMember,
  result: Awaited<ReturnType<StepContext['insurer']['findRegistration']>>,
): Move {
  const { times } = context;
  const tooOld = (member.unknownForMs ?? 0) > times.unknownAgeLimitMs;
  if (tooOld || result.kind === 'refusal' || result.kind === 'answer')
    return toReview(context, member, member.state, 'ISSUE_INCONNUE_PROLONGEE');
  const pause = setback(result, member.tries, times, context.random);
  return { ...unknownFor(context, member, member.state, pause.pauseMs), tries: pause.tries };
}
