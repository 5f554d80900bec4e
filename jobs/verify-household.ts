import type { StepContext } from '../src/pipeline/step-context.ts';
import { verifyHousehold } from '../src/pipeline/verify/verify-household.ts';
import { householdJob, type JobWork } from './household-job.ts';

/** Job `verify`: the identities of one household. */
export const verifyJob = (context: StepContext): JobWork => householdJob(context, verifyHousehold);
