/**
 * Registrations whose outcome is not known: sent, and the answer lost, or the worker dead before it came. An answer that
 * came too late for its own visit settles them at once. While the settle window lasts SIGICMU may still act, so looking
 * would prove nothing. After it SIGICMU is looked at: found is the end, a definite "not there" frees the person to be sent
 * again; where the insurer offers no search, a person must look.
 */
import type { CallResult } from '../../domain/partner-call.ts';
import type { Registration } from '../../domain/partners.ts';
import type { ClaimedHousehold, ClaimedMember } from '../../store/household/claim-household.ts';
import type { Move, RecordedRegistration, RecordedResult } from '../../store/household/commit-moves.ts';
import { lateRegistrations } from '../../store/household/late-answers.ts';
import { planReads } from '../../store/household/plan-attempts.ts';
import { caseOf } from '../case-reference.ts';
import { recordedResult } from '../recorded-result.ts';
import { setback } from '../retry-pause.ts';
import type { StepContext } from '../step-context.ts';
import { lookFor, type Look } from './look-for-registration.ts';
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
  if (members.length === 0) return { moves: [], results: [], found: [], absent: [] };
  const runDate = await context.runDate(household.runId);
  const told = await toldLate(context, household, members);
  const moves: Move[] = [];
  const ripe: Searched[] = [];
  for (const member of members) {
    const answer = told.get(member);
    const left = mayActForMs(context, member);
    const look = lookFor(context, household, member, runDate);
    if (answer !== undefined) moves.push(settled(context, member, member.state, answer));
    else if (left > 0) moves.push(unknownFor(context, member, member.state, Math.ceil(left)));
    else if (look === null) moves.push(toReview(context, member, member.state, 'ISSUE_INCONNUE_PROLONGEE'));
    else ripe.push({ member, look, messageId: context.newMessageId() });
  }
  const looked = await lookAll(context, household, ripe);
  return { ...looked, moves: [...moves, ...looked.moves], found: [...told.values(), ...looked.found] };
}

/** How long SIGICMU may still act on what was sent last. */
function mayActForMs({ times }: StepContext, member: ClaimedMember): number {
  // Whoever is still `sending` was left by a process that may have waited for a place until its lease had no more room:
  // the request left that much later than the intent at most. An unknown outcome is told after its request had left.
  const leftAfterMs = member.state === 'sending' ? Math.max(0, times.leaseMs - 3 * times.writeDeadlineMs) : 0;
  return times.settleMs + leftAfterMs - (member.sentMsAgo ?? 0);
}

/**
 * What late answers tell, where they tell one thing about the person's registration of this campaign. Answers that
 * contradict each other settle nothing: SIGICMU is looked at.
 */
async function toldLate(
  { db }: StepContext,
  household: ClaimedHousehold,
  members: readonly ClaimedMember[],
): Promise<ReadonlyMap<ClaimedMember, RecordedRegistration>> {
  const late = await lateRegistrations(
    db,
    members.map(({ enrolmentId }) => enrolmentId),
  );
  const told = new Map<ClaimedMember, RecordedRegistration>();
  for (const member of members) {
    const own = late.filter(({ enrolmentId }) => enrolmentId === member.enrolmentId);
    const [first] = own;
    const key = businessKey(household.campaign, member.ref);
    const agree = own.every(
      (one) =>
        one.businessKey === key && one.personRef === member.ref && one.registrationCode === first?.registrationCode,
    );
    if (first !== undefined && agree) told.set(member, first);
  }
  return told;
}

interface Searched {
  readonly member: ClaimedMember;
  readonly look: Look;
  readonly messageId: string;
}

async function lookAll(
  context: StepContext,
  household: ClaimedHousehold,
  searched: readonly Searched[],
): Promise<SettledUnknown> {
  const looked = { moves: [] as Move[], results: [] as RecordedResult[], found: [] as RecordedRegistration[] };
  const absent: ClaimedMember[] = [];
  if (searched.length === 0) return { ...looked, absent };
  await planReads(
    context.db,
    household,
    searched.map(({ member, look, messageId }) => ({
      messageId,
      enrolmentId: member.enrolmentId,
      operation: look.operation,
      number: member.sends,
    })),
  );
  await Promise.all(
    searched.map(async ({ member, look, messageId }) => {
      const call = { messageId, issue: caseOf(household), attempt: member.tries + 1 };
      const result = await look.ask(call);
      looked.results.push(recordedResult(result));
      if (result.kind !== 'answer') {
        looked.moves.push(stillUnknown(context, member, result));
      } else if (result.value === 'absent') {
        absent.push(member);
      } else if (result.value === 'unclear') {
        looked.moves.push(toReview(context, member, member.state, 'DOUBLON_SIGICMU'));
      } else {
        looked.moves.push(settled(context, member, member.state, result.value));
        looked.found.push(foundAs(household, member, result.value, messageId));
      }
    }),
  );
  return { ...looked, absent };
}

function foundAs(
  { campaign }: ClaimedHousehold,
  { enrolmentId, sentInsurer, sentAsHolder }: ClaimedMember,
  registration: Registration,
  messageId: string,
): RecordedRegistration {
  const insurer = sentInsurer ?? '';
  const policyHolder = sentAsHolder ?? false;
  return { ...registration, insurer, policyHolder, enrolmentId, campaign, learnedBy: 'look-up', messageId };
}

function stillUnknown(
  context: StepContext,
  member: ClaimedMember,
  result: Exclude<CallResult<unknown>, { kind: 'answer' }>,
): Move {
  const { times } = context;
  const tooOld = (member.unknownForMs ?? 0) > times.unknownAgeLimitMs;
  if (tooOld || result.kind === 'refusal') return toReview(context, member, member.state, 'ISSUE_INCONNUE_PROLONGEE');
  const pause = setback(result, member.tries, times, context.random);
  return { ...unknownFor(context, member, member.state, pause.pauseMs), tries: pause.tries };
}
