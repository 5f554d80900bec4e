import { registerHousehold } from '../src/pipeline/register/register-household.ts';
import type { StepContext } from '../src/pipeline/step-context.ts';
import { householdJob, type JobWork } from './household-job.ts';

/** Job `register`: the registrations of one household. A registration that has left is never cut short. */
export const registerJob = (context: StepContext): JobWork => householdJob(context, registerHousehold);
