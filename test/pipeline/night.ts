/** Working through a run without queues, so that a test decides who works on what and when. */
import { reconcileRun } from '../../src/pipeline/reconcile/reconcile-run.ts';
import { registerHousehold } from '../../src/pipeline/register/register-household.ts';
import type { StepContext } from '../../src/pipeline/step-context.ts';
import { verifyHousehold } from '../../src/pipeline/verify/verify-household.ts';
import type { Step } from '../../src/store/household/claim-household.ts';
import { advanceRun } from '../../src/store/run/advance-run.ts';
import { dueHouseholds } from '../../src/store/run/due-households.ts';
import { runSummary, type RunSummary } from '../../src/store/run/run-summary.ts';
import { startRun } from '../../src/store/run/start-run.ts';
import { until } from '../support/until.ts';
import { CAMPAIGN, RUN_DATE, type Installation } from './installation.ts';

/** Opens a run over everything that is due. */
export async function openRunOf({ context }: Pick<Installation, 'context'>, patienceMs = 60_000): Promise<string> {
  const order = { runDate: RUN_DATE, campaign: CAMPAIGN, patienceMs, batchId: null, startedBy: 'test' };
  return (await startRun(context.db, order)).runId;
}

/** One look at what is due, as the sweeper takes it, and all of that work. True when the run is over. */
export async function workOnce(context: StepContext, runId: string): Promise<boolean> {
  const state = await advanceRun(context.db, runId);
  const due = async (step: Step): Promise<readonly string[]> =>
    (await dueHouseholds(context.db, { runId, step, after: '0', limit: 1_000 })).map(({ id }) => id);
  if (state === 'verifying' || state === 'registering')
    await Promise.all((await due('verify')).map((id) => verifyHousehold(context, id)));
  if (state === 'registering') await Promise.all((await due('register')).map((id) => registerHousehold(context, id)));
  if (state === 'reconciling') await reconcileRun(context, runId);
  return state === 'closed' || state === 'unbalanced' || state === 'defective';
}

/** Works until the run is over, and tells how it ended. */
export async function workThrough({ context }: Pick<Installation, 'context'>, runId: string): Promise<RunSummary> {
  await until('the run is over', () => workOnce(context, runId), 50_000);
  const summary = await runSummary(context.db, runId);
  if (!summary) throw new Error('the run disappeared');
  return summary;
}

/** A night from start to end. */
export async function night(installation: Pick<Installation, 'context'>): Promise<RunSummary> {
  return workThrough(installation, await openRunOf(installation));
}

/** A person's outcome: `state reason reason`, remarks left out. */
export async function outcomes(installation: Installation): Promise<Readonly<Record<string, string>>> {
  const rows = await installation.rows<{ ref: string; state: string; reasons: string[] }>(
    'select p.ref, e.state, e.reasons from enrolment e join person p on p.id = e.person_id order by p.ref',
  );
  const remarks = new Set(['PHOTO_MANQUANTE']);
  return Object.fromEntries(
    rows.map(({ ref, state, reasons }) => [ref, [state, ...reasons.filter((one) => !remarks.has(one))].join(' ')]),
  );
}

/** How often SIGICMU carried out something for each person, by its own account. */
export function carriedOut({ sandbox }: Pick<Installation, 'sandbox'>): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { person } of sandbox.ledger()) counts[person] = (counts[person] ?? 0) + 1;
  return counts;
}
