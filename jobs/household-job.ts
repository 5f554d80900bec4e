import type { StepContext } from '../src/pipeline/step-context.ts';
import { giveBack } from '../src/store/household/give-back.ts';

/** A step's work on one household. The signal ends reads when the job was taken away from this worker. */
export type HouseholdStep = (context: StepContext, householdId: string, signal?: AbortSignal) => Promise<unknown>;

/** What a queue runs. */
export type JobWork = (id: string, signal?: AbortSignal) => Promise<unknown>;

/**
 * Wraps a step as a job. An error nobody foresaw gives the household back with the pause of a broken route: one that
 * always fails is tried a few times a night and holds up nobody else. The error still fails the job, for the log.
 */
export function householdJob(context: StepContext, step: HouseholdStep): JobWork {
  return async (householdId, signal) => {
    try {
      return await step(context, householdId, signal);
    } catch (error) {
      await giveBack(context.db, householdId, context.owner, context.times.routePauseMs);
      throw error;
    }
  };
}
