/**
 * Verification of one household: SIGICMU is asked who is covered already, then DAF and the civil registry about the
 * others, then each person is decided on. Everything learned is committed at the end in one statement. A crash before
 * it costs a repetition of reads; whoever was deferred is not asked again about what is already known.
 */
import { comparableNumber } from '../../domain/paper-number.ts';
import type { BirthRecordQuery } from '../../domain/partners.ts';
import type { CallContext, CallResult } from '../../domain/partner-call.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { ClaimedHousehold } from '../../store/household/claim-household.ts';
import { commitMoves, type IdentityClaim, type Move } from '../../store/household/commit-moves.ts';
import { knownEvidence } from '../../store/household/known-evidence.ts';
import { numbersOfSeveralPeople } from '../../store/household/shared-identities.ts';
import { visitHousehold } from '../household-visit.ts';
import { memberMove } from '../member-move.ts';
import type { StepContext } from '../step-context.ts';
import { assessEvidence, certificateOf, type AssessedEvidence } from './assess-evidence.ts';
import type { VerificationOutcome } from './decide-outcome.ts';
import { findDuplicates, NO_DUPLICATES } from './find-duplicates.ts';
import { askRound, type Findings, type LookUp, type MemberInquiry } from './look-up-round.ts';
import { weighCovers } from './own-cover.ts';
import { birthRecordSearch, coverSearch, extractNumberToAsk, nationalIdToAsk } from './plan-look-ups.ts';
import { decideFromFacts, type VerificationFacts } from './verification-facts.ts';

/** Verifies a household if it is due and free. True when it was ours to do. */
export async function verifyHousehold(
  context: StepContext,
  householdId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  return visitHousehold(context, householdId, 'verify', (household) => verify(context, household, signal));
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
  // Stopped in the middle: nobody is put off for it, and whoever takes the household next goes on at once.
  if (signal?.aborted === true) {
    const { results, evidence } = findings;
    return commitMoves(context.db, household, { moves: [], results, evidence });
  }

  const papers = new Map(inquiries.map((inquiry) => [inquiry, paperNumbers(inquiry)]));
  const shared = await numbersOfSeveralPeople(context.db, {
    nationalIds: [...papers.values()].flatMap(({ nationalId }) => nationalId ?? []),
    extractNumbers: [...papers.values()].flatMap(({ extractNumber }) => extractNumber ?? []),
  });
  const duplicates = await duplicatesOf(context, household, inquiries);
  const localityReasons = localityReasonsOf(context, household);
  const moves: Move[] = [];
  const claims: IdentityClaim[] = [];
  for (const inquiry of inquiries) {
    if (inquiry.setback) {
      moves.push(deferred(context, inquiry, inquiry.setback));
      continue;
    }
    const { member, evidence } = inquiry;
    const assessed = assess(context, inquiry);
    const { lines, certificates } = duplicates.get(member.personId) ?? NO_DUPLICATES;
    const facts: VerificationFacts = {
      nationalIdShared: shared.has(papers.get(inquiry)?.nationalId ?? ''),
      extractNumberShared: shared.has(papers.get(inquiry)?.extractNumber ?? ''),
      localityReasons,
      runDate,
      contentHash: member.contentHash,
      tooManyBirthRecords: evidence.tooManyBirthRecords ?? false,
      duplicates: lines,
      blocked: inquiry.blocked,
    };
    const nationalIdStatus = inquiry.nationalId.status;
    const recorded = { member, evidence, assessed, nationalIdStatus, policy: context.policy };
    const decision = decideFromFacts(facts, recorded);
    moves.push({ ...decided(context, inquiry, decision, [...certificateOf(assessed), ...certificates]), facts });
    claims.push(...decision.identityKeys.map((identityKey) => ({ identityKey, enrolmentId: member.enrolmentId })));
  }
  const { results, evidence } = findings;
  await commitMoves(context.db, household, { moves, claims, results, evidence });
}

/** Other lines of whoever is decided on now, by person. */
async function duplicatesOf(
  context: StepContext,
  household: ClaimedHousehold,
  inquiries: readonly MemberInquiry[],
): ReturnType<typeof findDuplicates> {
  const decidedNow = inquiries.filter(({ setback }) => setback === null);
  const numberOfAnother = decidedNow.filter(
    (inquiry) => assess(context, inquiry).idCard?.comparison.verdict === 'different',
  );
  return findDuplicates(
    context,
    household,
    decidedNow.map(({ member }) => member),
    new Set(numberOfAnother.map(({ member }) => member.personId)),
  );
}

async function openInquiries(context: StepContext, household: ClaimedHousehold): Promise<readonly MemberInquiry[]> {
  const open = household.members.filter((member) => member.step === 'verify' && member.due);
  const interrupted = open.filter((member) => member.state === 'deferred').map((member) => member.enrolmentId);
  const known = interrupted.length > 0 ? await knownEvidence(context.db, household, interrupted) : [];
  return open.map((member) => ({
    member,
    home: household,
    evidence: Object.fromEntries(
      known.filter((one) => one.enrolmentId === member.enrolmentId).map((one) => [one.kind, one.records]),
    ),
    nationalId: context.matcher.checkNationalId(member),
    assessed: null,
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
      const query = birthRecordSearch(inquiry.member, assess(context, inquiry));
      return birthRecordLookUp(context, inquiry, 'birth-record-search', query);
    }),
  );
  await round(uncovered.flatMap((inquiry) => coverSearchLookUp(context, inquiry)));
}

/** The evidence so far, compared once for every state of it: comparing is the dearest computation of a visit. */
function assess({ matcher }: StepContext, inquiry: MemberInquiry): AssessedEvidence {
  const { member, home, evidence } = inquiry;
  if (inquiry.assessed?.of !== evidence)
    inquiry.assessed = { of: evidence, result: assessEvidence(member, evidence, matcher, home) };
  return inquiry.assessed.result;
}

function coverLookUp({ insurer }: StepContext, inquiry: MemberInquiry): LookUp {
  const { ref, nationalId, fullName, sex, birth } = inquiry.member;
  return {
    inquiry,
    kind: 'cover',
    ask: (call) => insurer.findCover({ personRef: ref, nationalId, fullName, sex, birth }, call),
  };
}

function coverSearchLookUp(context: StepContext, inquiry: MemberInquiry): readonly LookUp[] {
  const query = coverSearch(inquiry.member, assess(context, inquiry));
  if (query === null) return [];
  return [{ inquiry, kind: 'cover-search', ask: (call) => context.insurer.findCover(query, call) }];
}

function isCovered(context: StepContext, inquiry: MemberInquiry, runDate: string): boolean {
  const { covers } = assess(context, inquiry);
  return weighCovers(covers, inquiry.member, null, { policy: context.policy, runDate }).current !== null;
}

function idCardLookUp(context: StepContext, inquiry: MemberInquiry, runDate: string): readonly LookUp[] {
  const number = nationalIdToAsk(inquiry.member, inquiry.nationalId, context.policy, runDate);
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
function paperNumbers({ member, nationalId }: MemberInquiry): {
  readonly nationalId: string | null;
  readonly extractNumber: string | null;
} {
  const valid = nationalId.status === 'FORMAT_VALIDE';
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
  context: StepContext,
  { member }: MemberInquiry,
  { pauseMs, tries }: NonNullable<MemberInquiry['setback']>,
): Move {
  const reasons = ['SERVICE_INDISPONIBLE'] as const;
  return memberMove(context, member, member.state, { to: 'deferred', step: 'verify', reasons, pauseMs, tries });
}

function decided(
  context: StepContext,
  { member }: MemberInquiry,
  { identityKeys: _filedApart, ...outcome }: VerificationOutcome,
  certificate: readonly unknown[],
): Move {
  const step = outcome.to === 'confirmed' ? 'register' : 'none';
  return memberMove(context, member, member.state, { ...outcome, step, certificate, tries: 0 });
}
