/** The look-ups of one person in the order of verification, answered at once. */
import type { Policy } from '../../src/domain/policy.ts';
import type { IdentityMatcher } from '../../src/pipeline/identity-matcher.ts';
import { assessEvidence, type AssessedEvidence } from '../../src/pipeline/verify/assess-evidence.ts';
import { decideOutcome, type VerificationOutcome } from '../../src/pipeline/verify/decide-outcome.ts';
import type { MemberEvidence } from '../../src/pipeline/verify/member-evidence.ts';
import { weighCovers } from '../../src/pipeline/verify/own-cover.ts';
import {
  birthRecordSearch,
  coverSearch,
  extractNumberToAsk,
  nationalIdToAsk,
} from '../../src/pipeline/verify/plan-look-ups.ts';
import type { LabelledPerson } from './labelled-people.ts';
import type { RegistryAnswers } from './registry-answers.ts';

export interface OfflineRules {
  readonly matcher: IdentityMatcher;
  readonly policy: Policy;
  readonly runDate: string;
}

export interface OfflineVerification {
  readonly assessed: AssessedEvidence;
  readonly outcome: VerificationOutcome;
}

/** Verifies a person who shares no number with anybody; localities and shared numbers are not this bench's matter. */
export function verifyOffline(
  { member, home }: LabelledPerson,
  registries: RegistryAnswers,
  { matcher, policy, runDate }: OfflineRules,
): OfflineVerification {
  const check = matcher.checkNationalId(member);
  let evidence: MemberEvidence = { cover: registries.covers({ ...member, personRef: member.ref }) };
  const assess = (): AssessedEvidence => assessEvidence(member, evidence, matcher, home);
  const learn = (more: MemberEvidence): void => {
    evidence = { ...evidence, ...more };
  };
  const isCovered = weighCovers(assess().covers, member, null, { policy, runDate }).current !== null;
  if (!isCovered) {
    const number = nationalIdToAsk(member, check, policy, runDate);
    if (number !== null) learn({ 'id-card': registries.idCard(number) });
    const extract = extractNumberToAsk(member);
    if (extract) learn({ 'birth-record': registries.birthRecords(extract) ?? [] });
    const search = birthRecordSearch(member, assess());
    const page = search && registries.birthRecords(search);
    if (search) learn(page ? { 'birth-record-search': page } : { tooManyBirthRecords: true });
    const covers = coverSearch(member, assess());
    if (covers) learn({ 'cover-search': registries.covers(covers) });
  }
  const assessed = assess();
  const outcome = decideOutcome({
    member,
    evidence,
    assessed,
    nationalIdStatus: check.status,
    nationalIdShared: false,
    extractNumberShared: false,
    localityReasons: [],
    policy,
    runDate,
  });
  return { assessed, outcome };
}
