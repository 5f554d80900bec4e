import type { PartialDate } from '../domain/partial-date.ts';
import type { HouseholdMember } from '../domain/person.ts';
import type { IdentityComparison, RegistryIdentity } from '../matching/identity-comparison.ts';
import type { NationalIdCheck } from '../matching/national-id.ts';

/** The matching rules with their lexicon and settings filled in. */
export interface IdentityMatcher {
  compare(member: HouseholdMember, record: RegistryIdentity): IdentityComparison;
  checkNationalId(member: Pick<HouseholdMember, 'nationalId' | 'sex'> & { birth: PartialDate }): NationalIdCheck;
}
