import { registerHousehold } from '../src/pipeline/register/register-household.ts';
import type { StepContext } from '../src/pipeline/step-context.ts';

/** Job `register`: the registrations of one household. */
export const registerJob =
  (context: StepContext) =>
  (householdId: string): Promise<unknown> =>
    registerHousehold(context, householdId);
