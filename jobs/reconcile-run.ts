import { reconcileRun } from '../src/pipeline/reconcile/reconcile-run.ts';
import type { StepContext } from '../src/pipeline/step-context.ts';
import type { JobWork } from './household-job.ts';

/** Job `reconcile`: the end of one run. */
export const reconcileJob =
  (context: StepContext): JobWork =>
  (runId, signal) =>
    reconcileRun(context, runId, signal);
