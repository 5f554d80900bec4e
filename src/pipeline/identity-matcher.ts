import type { PartialDate } from '../domain/partial-date.ts';
import type { HouseholdMember } from '../domain/person.ts';
import type { IdentityComparison, RegistryIdentity } from '../matching/identity-comparison.ts';
import type { DuplicatePolicy } from '../matching/match-keys/duplicate-policy.ts';
import type { MatchKeys } from '../matching/match-keys/match-keys.ts';
import type { NationalIdCheck } from '../matching/national-id.ts';
import type { IdentityWeights } from '../matching/scoring/identity-weights.ts';
import type { PersonFacts } from '../matching/scoring/person-facts.ts';
import type { Route } from '../matching/scoring/route.ts';
import type { ScoredPair } from '../matching/scoring/score-pair.ts';

/** The matching rules with their lexicon and settings filled in. */
export interface IdentityMatcher {
  /** Under which lines of one human meet. */
  readonly keys: MatchKeys;
  /** What such lines lead to. */
  readonly duplicates: DuplicatePolicy;
  compare(member: HouseholdMember, record: RegistryIdentity): IdentityComparison;
  /** The same two people weighed: `route` tells how the second came to be compared with the first. */
  score(left: PersonFacts, right: PersonFacts, route: Route): ScoredPair;
  /** As above where the probability is this or more; null below, found out without comparing names where possible. */
  scoreFrom(probability: number, left: PersonFacts, right: PersonFacts, route: Route): ScoredPair | null;
  /** What scores decide. */
  readonly weights: IdentityWeights;
  /** A full name as the RNU writes it, taken apart; the family name is empty where there is only one word. */
  splitName(fullName: string): { readonly familyName: string; readonly givenNames: string };
  checkNationalId(member: Pick<HouseholdMember, 'nationalId' | 'sex'> & { birth: PartialDate }): NationalIdCheck;
}
