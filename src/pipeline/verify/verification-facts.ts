import type { HouseholdMember } from '../../domain/person.ts';
import type { Policy } from '../../domain/policy.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { NationalIdStatus } from '../../matching/national-id.ts';
import type { AssessedEvidence } from './assess-evidence.ts';
import { doubtDuplicates } from './doubt-duplicates.ts';
import { decideOutcome, type VerificationOutcome } from './decide-outcome.ts';
import type { SuspectedLine } from './find-duplicates.ts';
import type { MemberEvidence } from './member-evidence.ts';
import type { VerificationQuestion } from './verification-question.ts';

/** What a decision takes from the person's line, the registries' records and the rules; kept elsewhere already. */
interface Recorded {
  readonly member: HouseholdMember;
  readonly evidence: MemberEvidence;
  readonly assessed: AssessedEvidence;
  readonly nationalIdStatus: NationalIdStatus;
  readonly policy: Policy;
}

/**
 * Everything else a verification rests on. Kept with the decision as JSON: whatever is added to the question is kept
 * with it, so that the same evidence can be decided again, under the same rules or others.
 */
export interface VerificationFacts extends Omit<VerificationQuestion, keyof Recorded> {
  /** Of the person's line, hexadecimal. */
  readonly contentHash: string;
  /** The civil registry would not list its candidates: they were too many. */
  readonly tooManyBirthRecords: boolean;
  /** Other lines of the RNU that may be the same human. */
  readonly duplicates: readonly SuspectedLine[];
  /** A registry could not accept the question; nothing else was looked at. */
  readonly blocked: ReasonCode | null;
}

/** Decides from what is recorded. Pure; verification and replay both come through here. */
export function decideFromFacts(
  { contentHash: _hash, tooManyBirthRecords: _tooMany, duplicates, blocked, ...facts }: VerificationFacts,
  recorded: Recorded,
): VerificationOutcome {
  const outcome = blocked === null ? decideOutcome({ ...facts, ...recorded }) : refusedQuestion(blocked);
  return doubtDuplicates(outcome, duplicates);
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
