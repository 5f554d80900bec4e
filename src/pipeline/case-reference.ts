import type { ClaimedHousehold } from '../store/household/claim-household.ts';

/** Reference of a household's case in the Security Servers' logs: our own ids, no one's identity. */
export function caseOf({ runId, householdId }: Pick<ClaimedHousehold, 'runId' | 'householdId'>): string {
  return `RUN-${runId}-M${householdId}`;
}
