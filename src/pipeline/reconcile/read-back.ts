/**
 * Reads SIGICMU's list of a campaign, a page at a time, and judges whether it can be believed. A page that repeats an
 * earlier one, a cursor that leads back, and a total that the rows do not make are signs of a list that skips and
 * doubles people: such a reading is begun again, and after three the doubt is reported with the comparison.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { RegistrationPage } from '../../domain/partners.ts';
import { forgetRemote, noteRemotePage } from '../../store/run/remote-registrations.ts';
import { setback } from '../retry-pause.ts';
import type { StepContext } from '../step-context.ts';

/** A list that was read to its end, or as far as it can be followed. */
export interface Reading {
  /** Rows read. */
  readonly read: number;
  /** Rows SIGICMU says there are; null when it does not say. */
  readonly stated: number | null;
  /** The rows may lack people, or hold some twice that SIGICMU has once. */
  readonly isDoubtful: boolean;
}

/** Whole readings before the doubt is reported. */
const READINGS = 3;

/** Reads the list until it can be believed, three times at most. Null when a page cannot be had, or is not waited for. */
export async function readBack(context: StepContext, runId: string, signal?: AbortSignal): Promise<Reading | null> {
  for (let left = READINGS - 1; ; left--) {
    await forgetRemote(context.db, runId);
    const reading = await readList(context, runId, signal);
    if (reading === null || !reading.isDoubtful || left === 0) return reading;
  }
}

async function readList(context: StepContext, runId: string, signal: AbortSignal | undefined): Promise<Reading | null> {
  const cursors = new Set<string>();
  let cursor: string | null = null;
  let read = 0;
  for (;;) {
    const page = await readPage(context, runId, cursor, signal);
    if (page === null) return null;
    const known = await noteRemotePage(context.db, runId, read, page.registrations);
    read += page.registrations.length;
    const stated = page.total;
    const repeats = known > 0 && known === page.registrations.length && (stated === null || read > stated);
    const leadsBack = page.next !== null && cursors.has(page.next);
    if (repeats || leadsBack) return { read, stated, isDoubtful: true };
    if (page.next === null) return { read, stated, isDoubtful: stated !== null && stated !== read };
    cursor = page.next;
    cursors.add(cursor);
  }
}

/** Tries of one page; with the pauses of production they span about half an hour. */
const TRIES = 6;

async function readPage(
  context: StepContext,
  runId: string,
  cursor: string | null,
  signal: AbortSignal | undefined,
): Promise<RegistrationPage | null> {
  for (let tries = 0; tries < TRIES && signal?.aborted !== true; tries++) {
    const call = {
      messageId: context.newMessageId(),
      issue: `RUN-${runId}`,
      attempt: tries + 1,
      ...(signal ? { signal } : {}),
    };
    const result = await context.insurer.listRegistrations(context.campaign, cursor, call);
    if (result.kind === 'answer') return result.value;
    if (result.kind === 'refusal') return null;
    const { pauseMs } = setback(result, tries, context.times, context.random);
    await pause(pauseMs, undefined, signal ? { signal } : {}).catch(() => undefined); // woken to stop
  }
  return null;
}
