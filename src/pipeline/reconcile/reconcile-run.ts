/**
 * The end of a run: SIGICMU is read back whole for the campaign, compared with what we believe, and the run is frozen.
 * Reading is by pages and may be interrupted at any of them; starting over changes nothing. A page that cannot be had
 * is asked for again with growing pauses; when SIGICMU stays away the run stays `reconciling`, for the next job. Only one process reads at a time: a second
 * one, come because the queue forgot the first, would mix its pages with the other's.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { RegistrationPage } from '../../domain/partners.ts';
import { aloneOnRun } from '../../store/run/alone-on-run.ts';
import { closeRun, type RunEnd } from '../../store/run/close-run.ts';
import {
  compareRegistrations,
  countDifferences,
  forgetRemote,
  noteRemotePage,
} from '../../store/run/remote-registrations.ts';
import { setback } from '../retry-pause.ts';
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
    const page = await readPage(context, runId, cursor);
    if (page === null) return null;
    await noteRemotePage(db, runId, page.registrations);
    cursor = page.next;
  } while (cursor !== null);
  await compareRegistrations(db, runId, campaign);
  const end = await closeRun(db, runId, await countDifferences(db, runId));
  await forgetRemote(db, runId);
  return end;
}

/** Tries of one page; with the pauses of production they span about half an hour. */
const TRIES = 6;

async function readPage(context: StepContext, runId: string, cursor: string | null): Promise<RegistrationPage | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const call = { messageId: context.newMessageId(), issue: `RUN-${runId}`, attempt: tries + 1 };
    const result = await context.insurer.listRegistrations(context.campaign, cursor, call);
    if (result.kind === 'answer') return result.value;
    if (result.kind === 'refusal') return null;
    await pause(setback(result, tries, context.times, context.random).pauseMs);
  }
  return null;
}
