import { setMaxListeners } from 'node:events';
import type { CallContext, CallResult } from '../../domain/partner-call.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { ClaimedHousehold, ClaimedMember } from '../../store/household/claim-household.ts';
import type { LearnedEvidence, RecordedResult } from '../../store/household/commit-moves.ts';
import { planReads } from '../../store/household/plan-attempts.ts';
import type { LookUpKind } from '../../store/schema.ts';
import { caseOf } from '../case-reference.ts';
import { recordedResult } from '../recorded-result.ts';
import { setback, type Setback } from '../retry-pause.ts';
import type { StepContext } from '../step-context.ts';
import type { NationalIdCheck } from '../../matching/national-id.ts';
import type { AssessedEvidence, Home } from './assess-evidence.ts';
import type { MemberEvidence } from './member-evidence.ts';

/** A member on the way through the look-ups, with what was learned and what stopped them. */
export interface MemberInquiry {
  readonly member: ClaimedMember;
  readonly home: Home;
  /** What the number on the line is worth, checked once. */
  readonly nationalId: NationalIdCheck;
  evidence: MemberEvidence;
  /** The evidence compared with the member, and which state of it that was; null before the first comparison. */
  assessed: { readonly of: MemberEvidence; readonly result: AssessedEvidence } | null;
  /** A registry was away: the person is deferred. */
  setback: Setback | null;
  /** A registry could not accept the question: a person must look. */
  blocked: ReasonCode | null;
}

/** One question to one registry about one person. */
export interface LookUp {
  readonly inquiry: MemberInquiry;
  readonly kind: LookUpKind;
  readonly ask: (call: CallContext) => Promise<CallResult<readonly unknown[]>>;
}

/** What a visit has learned so far, to be committed at its end. */
export interface Findings {
  /** Ends the visit's reads when its job was taken away; what they would have brought is asked again. */
  readonly signal: AbortSignal | undefined;
  readonly results: RecordedResult[];
  readonly evidence: LearnedEvidence[];
}

/**
 * Asks all questions of one round at once: message ids are filed first, in one statement for the household; then the
 * calls leave together, and the flow control of each destination decides how many really do.
 */
export async function askRound(
  context: StepContext,
  household: ClaimedHousehold,
  lookUps: readonly LookUp[],
  findings: Findings,
): Promise<void> {
  const open = lookUps.filter(({ inquiry, kind }) => mayAsk(inquiry) && inquiry.evidence[kind] === undefined);
  if (open.length === 0) return;
  const planned = open.map((lookUp) => ({
    lookUp,
    messageId: context.newMessageId(),
    enrolmentId: lookUp.inquiry.member.enrolmentId,
    operation: lookUp.kind,
    number: lookUp.inquiry.member.tries + 1,
  }));
  await planReads(
    context.db,
    household,
    planned.map(({ messageId, enrolmentId, operation, number }) => ({ messageId, enrolmentId, operation, number })),
  );
  // Every call listens; the warning at eleven is meant for leaks.
  if (findings.signal) setMaxListeners(0, findings.signal);
  await Promise.all(
    planned.map(async ({ lookUp, messageId, number }) => {
      const call = { messageId, issue: caseOf(household), attempt: number };
      const result = await lookUp.ask(findings.signal ? { ...call, signal: findings.signal } : call);
      findings.results.push(recordedResult(result));
      learn(context, lookUp, result, findings);
    }),
  );
}

/** Whether anything still stands to be learned for this person in this visit. */
export function mayAsk(inquiry: MemberInquiry): boolean {
  return inquiry.setback === null && inquiry.blocked === null;
}

function learn(
  context: StepContext,
  { inquiry, kind }: LookUp,
  result: CallResult<readonly unknown[]>,
  findings: Findings,
): void {
  const { member } = inquiry;
  switch (result.kind) {
    case 'answer':
      inquiry.evidence = { ...inquiry.evidence, [kind]: result.value };
      findings.evidence.push({
        enrolmentId: member.enrolmentId,
        contentHash: member.contentHash,
        kind,
        messageId: result.trace.messageId,
        records: result.value,
      });
      return;
    case 'refusal':
      if (result.code === 'too-many-candidates') inquiry.evidence = { ...inquiry.evidence, tooManyBirthRecords: true };
      else inquiry.blocked = 'MESSAGE_REFUSE';
      return;
    case 'not-processed':
      if (result.failure === 'message') inquiry.blocked = 'MESSAGE_REFUSE';
      else inquiry.setback ??= setback(result, member.tries, context.times, context.random);
      return;
    case 'unknown':
      // Nothing was to be changed by a read: asking again is all there is to do.
      inquiry.setback ??= setback(result, member.tries, context.times, context.random);
  }
}
