/**
 * The end of a run: SIGICMU is read back whole for the campaign, compared with what we believe and with what the RNU
 * sent, and the run is frozen. Reading is by pages and may be interrupted at any of them; starting over changes nothing.
 * A page that cannot be had is asked for again with growing pauses; when SIGICMU stays away the run stays `reconciling`,
 * for the next job. Only one process reads at a time: a second one, come because the queue forgot the first, would mix
 * its pages with the other's.
 */
import type { Executor } from '../../store/database.ts';
import { aloneOnRun } from '../../store/run/alone-on-run.ts';
import { closeRun, type RunEnd } from '../../store/run/close-run.ts';
import { compareRegistrations, countDifferences, noteDoubtfulReading } from '../../store/run/compare-registrations.ts';
import { isStaffRun } from '../../store/review/staff-run-registrations.ts';
import { forgetRemote } from '../../store/run/remote-registrations.ts';
import type { StepContext } from '../step-context.ts';
import { lookAtStaffRun } from './look-at-staff-run.ts';
import { readBack } from './read-back.ts';

/**
 * Reconciles and closes a run. Null when SIGICMU could not be read, when the signal ended the reading, or when the run
 * was not ours to close.
 */
export async function reconcileRun(context: StepContext, runId: string, signal?: AbortSignal): Promise<RunEnd | null> {
  return aloneOnRun(context.db, runId, (locked) => readAndClose(context, locked, runId, signal));
}

async function readAndClose(
  context: StepContext,
  locked: Executor,
  runId: string,
  signal: AbortSignal | undefined,
): Promise<RunEnd | null> {
  const { db } = context;
  const compare = (await isStaffRun(db, runId)) ? lookAtStaffRun : readAndCompare;
  if (!(await compare(context, runId, signal))) return null;
  // A server that restarted meanwhile has forgotten what was read: the run is closed on the connection of the lock, or not.
  const end = await closeRun(locked, runId, await countDifferences(db, runId));
  await forgetRemote(db, runId);
  return end;
}

/** False when SIGICMU could not be read. */
async function readAndCompare(context: StepContext, runId: string, signal: AbortSignal | undefined): Promise<boolean> {
  const { db, campaign, exitStatuses } = context;
  const reading = await readBack(context, runId, signal);
  if (reading === null) return false;
  const comparison = { runId, campaign, exitStatuses };
  await compareRegistrations(db, comparison);
  if (reading.isDoubtful) await noteDoubtfulReading(db, comparison, reading);
  return true;
}
