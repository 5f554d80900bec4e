import { claimHousehold, type ClaimedHousehold, type Step } from '../store/household/claim-household.ts';
import { FencedOut } from '../store/household/fenced-out.ts';
import type { StepContext } from './step-context.ts';

/** What a step does with a household that is its own until `leaseEndsAt`, by the monotonic clock. */
export type Visit = (household: ClaimedHousehold, leaseEndsAt: number) => Promise<void>;

/**
 * Visits a household for one step, if it is due and free. True when the visit was ours from beginning to end; false when
 * there was nothing to take, or when somebody else took it over meanwhile and nothing of ours was written.
 */
export async function visitHousehold(
  { db, clock, owner, times }: StepContext,
  householdId: string,
  step: Step,
  visit: Visit,
): Promise<boolean> {
  // Read before the claim: the lease can then only be longer than we believe, never shorter.
  const leaseEndsAt = clock.monotonicMs() + times.leaseMs;
  const household = await claimHousehold(db, { householdId, step, owner, leaseMs: times.leaseMs });
  if (!household) return false;
  try {
    await visit(household, leaseEndsAt);
    return true;
  } catch (error) {
    if (error instanceof FencedOut) return false;
    throw error;
  }
}
