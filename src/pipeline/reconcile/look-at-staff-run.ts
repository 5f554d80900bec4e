/**
 * The end of a staff run is looked at person by person: a few look-ups by business key instead of a whole campaign's
 * pages, which the next night reads anyway. What cannot be asked now, or of an insurer that cannot be searched, is left
 * to that night; a staff run does not wait for it.
 */
import type { Registration } from '../../domain/partners.ts';
import {
  registrationsOfRun,
  replaceDifferences,
  type FoundDifference,
  type RecordedHere,
} from '../../store/review/staff-run-registrations.ts';
import type { StepContext } from '../step-context.ts';

/** Look-ups under way at a time; flow control bounds them further. */
const AT_ONCE = 16;

/**
 * Compares the registrations of a staff run with what SIGICMU holds, and records what differs. False when the signal
 * ended it before everybody was looked at.
 */
export async function lookAtStaffRun(context: StepContext, runId: string, signal?: AbortSignal): Promise<boolean> {
  const { db, insurer } = context;
  const recorded = await registrationsOfRun(db, runId);
  const differences: FoundDifference[] = recorded.flatMap((here) => charged(here, here.amountPaid, null));
  const rest = recorded.filter((here) => insurer.capabilitiesOf(here.insurer).searchByReference);
  while (rest.length > 0) {
    if (signal?.aborted === true) return false;
    const page = rest.splice(0, AT_ONCE);
    const found = await Promise.all(page.map((here) => lookAt(context, runId, here)));
    differences.push(...found.flat());
  }
  await replaceDifferences(db, runId, differences);
  return true;
}

async function lookAt(
  { insurer, newMessageId }: StepContext,
  runId: string,
  here: RecordedHere,
): Promise<readonly FoundDifference[]> {
  const call = { messageId: newMessageId(), issue: `RUN-${runId}`, attempt: 1 };
  const result = await insurer.findRegistration(here.businessKey, call);
  if (result.kind !== 'answer') return [];
  const there = result.value;
  if (there === null) return [difference(here, 'only-here', here.registrationCode, null)];
  return [...differing(here, there), ...charged(here, null, there.amountPaid)];
}

function differing(here: RecordedHere, there: Registration): readonly FoundDifference[] {
  const told = [
    ['code-differs', here.registrationCode, there.registrationCode],
    ['cover-differs', `${here.coverStart}/${here.coverEnd}`, `${there.coverStart}/${there.coverEnd}`],
    ['subsidy-differs', String(here.subsidy), String(there.subsidy)],
  ] as const;
  return told
    .filter(([, ours, theirs]) => ours !== theirs)
    .map(([kind, ours, theirs]) => difference(here, kind, ours, theirs));
}

function charged(here: RecordedHere, ours: number | null, theirs: number | null): readonly FoundDifference[] {
  if ((ours ?? 0) === 0 && (theirs ?? 0) === 0) return [];
  const text = (amount: number | null): string | null => (amount === null ? null : String(amount));
  return [difference(here, 'amount-not-zero', text(ours), text(theirs))];
}

function difference(
  { businessKey, personRef }: RecordedHere,
  kind: FoundDifference['kind'],
  here: string | null,
  there: string | null,
): FoundDifference {
  return { kind, businessKey, personRef, here, there };
}
