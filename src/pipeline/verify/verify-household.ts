/**
 * Verification of one household: SIGICMU is asked who is covered already, then DAF and the civil registry about the
 * others, then each person is decided on. Everything learned is committed at the end in one statement. A crash before
 * it costs a repetition of reads; whoever was deferred is not asked again about what is already known.
 */
import type { BirthRecordQuery } from '../../domain/partners.ts';
import type { CallContext, CallResult } from '../../domain/partner-call.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import { claimHousehold, type ClaimedHousehold, type ClaimedMember } from '../../store/household/claim-household.ts';
import { commitMoves, type IdentityClaim, type Move } from '../../store/household/commit-moves.ts';
import { FencedOut } from '../../store/household/fenced-out.ts';
import { knownEvidence } from '../../store/household/known-evidence.ts';
import { comparableNumber, numbersOfSeveralPeople } from '../../store/household/shared-identities.ts';
import type { StepContext } from '../step-context.ts';
import { assessEvidence, certificateOf } from './assess-evidence.ts';
import { decideOutcome, type VerificationOutcome } from './decide-outcome.ts';
import { askRound, type Findings, type LookUp, type MemberInquiry } from './look-up-round.ts';
import { weighCovers } from './own-cover.ts';
import { birthRecordSearch, coverSearch, extractNumberToAsk, nationalIdToAsk } from './plan-look-ups.ts';

/** Verifies a household if it is due and free. True when it was ours to do. */
export async function verifyHousehold(
  context: StepContext,
  householdId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const { db, owner, times } = context;
  const household = await claimHousehold(db, { householdId, step: 'verify', owner, leaseMs: times.leaseMs });
  if (!household) return false;
  try {
    await verify(context, household, signal);
    return true;
  } catch (error) {
    if (error instanceof FencedOut) return false;
    throw error;
  }
}

async function verify(
  context: StepContext,
  household: ClaimedHousehold,
  signal: AbortSignal | undefined,
): Promise<void> {
  const runDate = await context.runDate(household.runId);
  const inquiries = await openInquiries(context, household);
  const findings: Findings = { signal, results: [], evidence: [] };
  await lookUpAll(context, household, inquiries, runDate, findings);

  const papers = new Map(inquiries.map(({ member }) => [member, paperNumbers(context, member)]));
  const shared = await numbersOfSeveralPeople(context.db, {
    nationalIds: [...papers.values()].flatMap(({ nationalId }) => nationalId ?? []),
    extractNumbers: [...papers.values()].flatMap(({ extractNumber }) => extractNumber ?? []),
  });
  const localityReasons = localityReasonsOf(context, household);
  const moves: Move[] = [];
  const claims: IdentityClaim[] = [];
  for (const inquiry of inquiries) {
    if (inquiry.setback) {
      moves.push(deferred(context, inquiry, inquiry.setback));
      continue;
    }
    const { member, evidence } = inquiry;
    const assessed = assessEvidence(member, evidence, context.matcher);
    const decision = inquiry.blocked
      ? refusedQuestion(inquiry.blocked)
      : decideOutcome({
          member,
          evidence,
          assessed,
          nationalIdStatus: context.matcher.checkNationalId(member).status,
          nationalIdShared: shared.has(papers.get(member)?.nationalId ?? ''),
          extractNumberShared: shared.has(papers.get(member)?.extractNumber ?? ''),
          localityReasons,
          policy: context.policy,
          runDate,
        });
    moves.push(decided(context, inquiry, decision, certificateOf(assessed)));
    claims.push(...decision.identityKeys.map((identityKey) => ({ identityKey, enrolmentId: member.enrolmentId })));
  }
  const { results, evidence } = findings;
  await commitMoves(context.db, household, { moves, claims, results, evidence });
}

async function openInquiries(context: StepContext, household: ClaimedHousehold): Promise<readonly MemberInquiry[]> {
  const open = household.members.filter((member) => member.step === 'verify' && member.due);
  const interrupted = open.filter((member) => member.state === 'deferred').map((member) => member.enrolmentId);
  const known = interrupted.length > 0 ? await knownEvidence(context.db, household, interrupted) : [];
  return open.map((member) => ({
    member,
    evidence: Object.fromEntries(
      known.filter((one) => one.enrolmentId === member.enrolmentId).map((one) => [one.kind, one.records]),
    ),
    setback: null,
    blocked: null,
  }));
}

async function lookUpAll(
  context: StepContext,
  household: ClaimedHousehold,
  inquiries: readonly MemberInquiry[],
  runDate: string,
  findings: Findings,
): Promise<void> {
  const round = (lookUps: readonly LookUp[]): Promise<void> => askRound(context, household, lookUps, findings);
  await round(inquiries.map((inquiry) => coverLookUp(context, inquiry)));
  // Who is covered is asked about nowhere else: no registry learns more than it must.
  const uncovered = inquiries.filter((inquiry) => !isCovered(context, inquiry, runDate));
  await round(uncovered.flatMap((inquiry) => idCardLookUp(context, inquiry, runDate)));
  await round(
    uncovered.flatMap((inquiry) =>
      birthRecordLookUp(context, inquiry, 'birth-record', extractNumberToAsk(inquiry.member)),
    ),
  );
  await round(
    uncovered.flatMap((inquiry) => {
      const assessed = assessEvidence(inquiry.member, inquiry.evidence, context.matcher);
      return birthRecordLookUp(context, inquiry, 'birth-record-search', birthRecordSearch(inquiry.member, assessed));
    }),
  );
  await round(uncovered.flatMap((inquiry) => coverSearchLookUp(context, inquiry)));
}

function coverLookUp({ insurer }: StepContext, inquiry: MemberInquiry): LookUp {
  const { ref, nationalId, fullName, sex, birth } = inquiry.member;
  return {
    inquiry,
    kind: 'cover',
    ask: (call) => insurer.findCover({ personRef: ref, nationalId, fullName, sex, birth }, call),
  };
}

function coverSearchLookUp({ insurer, matcher }: StepContext, inquiry: MemberInquiry): readonly LookUp[] {
  const query = coverSearch(inquiry.member, assessEvidence(inquiry.member, inquiry.evidence, matcher));
  return query === null ? [] : [{ inquiry, kind: 'cover-search', ask: (call) => insurer.findCover(query, call) }];
}

function isCovered(context: StepContext, { member, evidence }: MemberInquiry, runDate: string): boolean {
  const { covers } = assessEvidence(member, evidence, context.matcher);
  return weighCovers(covers, member, null, { policy: context.policy, runDate }).current !== null;
}

function idCardLookUp(context: StepContext, inquiry: MemberInquiry, runDate: string): readonly LookUp[] {
  const check = context.matcher.checkNationalId(inquiry.member);
  const number = nationalIdToAsk(inquiry.member, check, context.policy, runDate);
  if (number === null) return [];
  const ask = async (call: CallContext): Promise<CallResult<readonly unknown[]>> => {
    const result = await context.nationalIds.findByNationalId(number, call);
    return result.kind === 'answer' ? { ...result, value: result.value === null ? [] : [result.value] } : result;
  };
  return [{ inquiry, kind: 'id-card', ask }];
}

function birthRecordLookUp(
  { civilRegistry }: StepContext,
  inquiry: MemberInquiry,
  kind: 'birth-record' | 'birth-record-search',
  query: BirthRecordQuery | null,
): readonly LookUp[] {
  return query === null ? [] : [{ inquiry, kind, ask: (call) => civilRegistry.findBirthRecords(query, call) }];
}

/** The numbers of a person's papers, as they are compared with other people's; a filler is nobody's number. */
function paperNumbers(
  { matcher }: StepContext,
  member: ClaimedMember,
): { readonly nationalId: string | null; readonly extractNumber: string | null } {
  const valid = matcher.checkNationalId(member).status === 'FORMAT_VALIDE';
  return {
    nationalId: valid ? comparableNumber(member.nationalId ?? '') : null,
    extractNumber: member.birthExtractNumber === null ? null : comparableNumber(member.birthExtractNumber),
  };
}

function localityReasonsOf({ gazetteer }: StepContext, household: ClaimedHousehold): readonly ReasonCode[] {
  const departement = gazetteer.recognise(household);
  if (!departement) return ['LOCALITE_INCONNUE'];
  return departement.insurer === null ? ['ASSUREUR_INDETERMINE'] : [];
}

// --- moves ------------------------------------------------------------------------------------------------------------

function deferred(
  { policy }: StepContext,
  { member }: MemberInquiry,
  pause: NonNullable<MemberInquiry['setback']>,
): Move {
  return {
    ...unchanged(member, policy.version),
    to: 'deferred',
    step: 'verify',
    reasons: ['SERVICE_INDISPONIBLE'],
    pauseMs: pause.pauseMs,
    tries: pause.tries,
  };
}

function decided(
  { policy }: StepContext,
  { member }: MemberInquiry,
  decision: VerificationOutcome,
  certificate: readonly unknown[],
): Move {
  return {
    ...unchanged(member, policy.version),
    to: decision.to,
    step: decision.to === 'confirmed' ? 'register' : 'none',
    reasons: decision.reasons,
    certificate,
    identity: decision.identity,
    renews: decision.renews,
    registrationCode: decision.registrationCode,
  };
}

function unchanged({ enrolmentId, state }: MemberInquiry['member'], ruleVersion: string): Omit<Move, 'to' | 'step'> {
  return {
    enrolmentId,
    from: state,
    reasons: [],
    pauseMs: null,
    tries: 0,
    ruleVersion,
    certificate: [],
    identity: null,
    renews: null,
    registrationCode: null,
  };
}

function refusedQuestion(reason: ReasonCode): VerificationOutcome {
  return {
    to: 'needs-review',
    reasons: [reason],
    identity: null,
    identityKeys: [],
    renews: null,
    registrationCode: null,
  };
}
