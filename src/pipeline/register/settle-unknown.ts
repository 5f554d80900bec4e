/**
 * Registrations whose outcome is not known: sent, and the answer lost, or the worker dead before it came. While the
 * settle window lasts SIGICMU may still act on them, so looking would prove nothing. After it SIGICMU is asked by
 * business key: found is the end, a definite "not there" frees the person to be sent again.
 */
import type { ClaimedHousehold, ClaimedMember } from '../../store/household/claim-household.ts';
import type { Move, RecordedRegistration, RecordedResult } from '../../store/household/commit-moves.ts';
import { planReads } from '../../store/household/plan-attempts.ts';
import { recordedResult } from '../recorded-result.ts';
import { setback } from '../retry-pause.ts';
import type { StepContext } from '../step-context.ts';
import { settled, toReview, unknownFor } from './registration-moves.ts';
import { businessKey } from './registration-request.ts';

/** What the look brought. `absent` members may be sent again; everybody else has a move. */
export interface SettledUnknown {
  readonly moves: readonly Move[];
  readonly results: readonly RecordedResult[];
  readonly found: readonly Pick<RecordedRegistration, keyof RecordedRegistration>[];
  readonly absent: readonly ClaimedMember[];
}

/** Settles what can be settled now. */
export async function settleUnknown(
  context: StepContext,
  household: ClaimedHousehold,
  members: readonly ClaimedMember[],
  recordedAs: (member: ClaimedMember) => Pick<RecordedRegistration, 'insurer' | 'policyHolder'>,
): Promise<SettledUnknown> {
  const { times } = context;
  const moves: Move[] = [];
  const ripe: ClaimedMember[] = [];
  for (const member of members) {
    const left = times.settleMs - (member.sentMsAgo ?? 0);
    if (left > 0) moves.push(unknownFor(context, member, member.state, Math.ceil(left)));
    else if (!context.insurer.capabilities.searchByReference)
      moves.push(toReview(context, member, member.state, 'ISSUE_INCONNUE_PROLONGEE'));
    else ripe.push(member);
  }
  const looked = await lookFor(context, household, ripe, recordedAs);
  return { ...looked, moves: [...moves, ...looked.moves] };
}

async function lookFor(
  context: StepContext,
  household: ClaimedHousehold,
  members: readonly ClaimedMember[],
  recordedAs: (member: ClaimedMember) => Pick<RecordedRegistration, 'insurer' | 'policyHolder'>,
): Promise<SettledUnknown> {
  const settledOnes: SettledUnknown & { moves: Move[]; results: RecordedResult[]; found: RecordedRegistration[] } & {
    absent: ClaimedMember[];
  } = { moves: [], results: [], found: [], absent: [] };
  if (members.length === 0) return settledOnes;
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
      const call = { messageId, issue: `RUN-${household.runId}-M${household.householdId}` };
      const result = await context.insurer.findRegistration(key, call);
      settledOnes.results.push(recordedResult(result));
      if (result.kind === 'answer' && result.value === null) {
        settledOnes.absent.push(member);
      } else if (result.kind === 'answer' && result.value !== null) {
        settledOnes.moves.push(settled(context, member, member.state, result.value));
        settledOnes.found.push({
          ...result.value,
          ...recordedAs(member),
          enrolmentId: member.enrolmentId,
          campaign: household.campaign,
          learnedBy: 'look-up',
          messageId,
        });
      } else {
        settledOnes.moves.push(stillUnknown(context, member, result));
      }
    }),
  );
  return settledOnes;
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
