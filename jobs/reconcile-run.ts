import { reconcileRun } from '../src/pipeline/reconcile/reconcile-run.ts';
import type { StepContext } from '../src/pipeline/step-context.ts';

/** Job `reconcile`: the end of one run. */
export const reconcileJob =
  (context: StepContext) =>
  (runId: string): Promise<unknown> =>
    reconcileRun(context, runId);
