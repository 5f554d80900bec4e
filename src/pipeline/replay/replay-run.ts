/**
 * A run decided again from what is recorded: the same lines, the same answers of the registries, under rules that may
 * be others. No call is made and nothing is written. Under the rules of the run itself nobody moves; whoever did would
 * show a decision that rested on something nobody recorded.
 */
import { isDeepStrictEqual } from 'node:util';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { Policy } from '../../domain/policy.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../../store/database.ts';
import { recordedVerifications, type RecordedVerification } from '../../store/replay/recorded-verifications.ts';
import type { LookUpKind } from '../../store/schema.ts';
import type { IdentityMatcher } from '../identity-matcher.ts';
import { assessEvidence, certificateOf } from '../verify/assess-evidence.ts';
import type { MemberEvidence } from '../verify/member-evidence.ts';
import { decideFromFacts, type VerificationFacts } from '../verify/verification-facts.ts';
import { unaskedLookUps } from './unasked-look-ups.ts';

/** The rules a run is decided again by. */
export interface CandidateRules {
  readonly policy: Policy;
  readonly matcher: IdentityMatcher;
}

/** One person decided again. */
export interface ReplayedPerson {
  readonly ref: string;
  readonly from: EnrolmentState;
  readonly to: EnrolmentState;
  readonly formerReasons: readonly ReasonCode[];
  readonly reasons: readonly ReasonCode[];
  /** The comparisons came out as they did, level by level and weight by weight. */
  readonly sameCertificate: boolean;
  readonly unasked: readonly LookUpKind[];
  /** A named person has decided since: no rule changes that. */
  readonly decidedSince: boolean;
}

/** A page of people decided again. */
export interface ReplayedPage {
  readonly people: number;
  readonly replayed: readonly ReplayedPerson[];
  /** References of those whose line cannot be had as it was: their decision cannot be made again. */
  readonly lost: readonly string[];
}

/** Decides a run again, a page of people in memory at a time. */
export async function* replayRun(db: Executor, runId: string, rules: CandidateRules): AsyncGenerator<ReplayedPage> {
  for await (const { people, verifications } of recordedVerifications(db, runId)) {
    const intact = verifications.filter(({ contentHash, facts }) => contentHash === facts['contentHash']);
    yield {
      people,
      replayed: intact.map((recorded) => replayPerson(recorded, rules)),
      lost: verifications.filter((one) => !intact.includes(one)).map(({ member }) => member.ref),
    };
  }
}

function replayPerson(recorded: RecordedVerification, { policy, matcher }: CandidateRules): ReplayedPerson {
  const { member, refKey, commune } = recorded;
  // What verification wrote; the hash that was compared tells that the line is the one it wrote it about.
  const facts = recorded.facts as unknown as VerificationFacts;
  const evidence: MemberEvidence = {
    ...(recorded.evidence as MemberEvidence),
    ...(facts.tooManyBirthRecords ? { tooManyBirthRecords: true } : {}),
  };
  const assessed = assessEvidence(member, evidence, matcher, { refKey, commune });
  const nationalId = matcher.checkNationalId(member);
  const nationalIdStatus = nationalId.status;
  const outcome = decideFromFacts(facts, { member, evidence, assessed, nationalIdStatus, policy });
  const { runDate, blocked } = facts;
  const asked = { member, evidence, assessed, policy, runDate, nationalId };
  return {
    ref: member.ref,
    from: recorded.to,
    to: outcome.to,
    formerReasons: recorded.reasons,
    reasons: outcome.reasons,
    decidedSince: recorded.decidedSince,
    sameCertificate: sameEntries(recorded.certificate, certificateOf(assessed)),
    unasked: blocked === null ? unaskedLookUps(asked) : [],
  };
}

/** The registries' certificates come first, in the order in which they were made; other lines' are not made again. */
function sameEntries(kept: readonly unknown[], made: readonly unknown[]): boolean {
  // As the database gives it back: undefined members are gone.
  const written = JSON.parse(JSON.stringify(made)) as readonly unknown[];
  return isDeepStrictEqual(kept.slice(0, written.length), written);
}
