import type { IsoDate } from '../../domain/partial-date.ts';
import type { HouseholdMember } from '../../domain/person.ts';
import type { Policy } from '../../domain/policy.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { NationalIdStatus } from '../../matching/national-id.ts';
import type { AssessedEvidence } from './assess-evidence.ts';
import type { MemberEvidence } from './member-evidence.ts';

/** All that a decision rests on. */
export interface VerificationQuestion {
  readonly member: HouseholdMember;
  readonly evidence: MemberEvidence;
  readonly assessed: AssessedEvidence;
  readonly nationalIdStatus: NationalIdStatus;
  readonly nationalIdShared: boolean;
  readonly extractNumberShared: boolean;
  readonly localityReasons: readonly ReasonCode[];
  readonly policy: Policy;
  readonly runDate: IsoDate;
}
