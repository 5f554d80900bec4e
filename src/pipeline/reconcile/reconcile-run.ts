/**
 * The end of a run: SIGICMU is read back whole for the campaign, compared with what we believe, and the run is frozen.
 * Reading is by pages and may be interrupted at any of them; starting over changes nothing. A page that cannot be had
 * leaves the run `reconciling`: the next look of the sweeper tries again. Only one process reads at a time: a second
 * one, come because the queue forgot the first, would mix its pages with the other's.
 */
import { aloneOnRun } from '../../store/run/alone-on-run.ts';
import { closeRun, type RunEnd } from '../../store/run/close-run.ts';
import {
  compareRegistrations,
  countDifferences,
  forgetRemote,
  noteRemotePage,
} from '../../store/run/remote-registrations.ts';
import type { StepContext } from '../step-context.ts';

/** Reconciles and closes a run. Null when SIGICMU could not be read, or the run was not ours to close. */
export async function reconcileRun(context: StepContext, runId: string): Promise<RunEnd | null> {
  return aloneOnRun(context.db, runId, () => readAndClose(context, runId));
}

async function readAndClose(context: StepContext, runId: string): Promise<RunEnd | null> {
  const { db, campaign } = context;
  await forgetRemote(db, runId);
  let cursor: string | null = null;
  do {
    const call = { messageId: context.newMessageId(), issue: `RUN-${runId}` };
    const result = await context.insurer.listRegistrations(campaign, cursor, call);
    if (result.kind !== 'answer') return null;
    await noteRemotePage(db, runId, result.value.registrations);
    cursor = result.value.next;
  } while (cursor !== null);
  await compareRegistrations(db, runId, campaign);
  const end = await closeRun(db, runId, await countDifferences(db, runId));
  await forgetRemote(db, runId);
  return end;
}
