import type { StepContext } from '../src/pipeline/step-context.ts';
import { verifyHousehold } from '../src/pipeline/verify/verify-household.ts';

/** Job `verify`: the identities of one household. */
export const verifyJob =
  (context: StepContext) =>
  (householdId: string): Promise<unknown> =>
    verifyHousehold(context, householdId);
