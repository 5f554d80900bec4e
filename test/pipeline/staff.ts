/** Staff at work in a test: what they decide, and the looks of a sweeper that carry it on. */
import {
  confirmPerson,
  type Confirmation,
  type Confirmed,
  type DecisionContext,
} from '../../src/pipeline/review/confirm-person.ts';
import { discardPerson, type Discard, type Discarded } from '../../src/pipeline/review/discard-person.ts';
import { staffWorkOf, takeUpStaffWork } from '../../src/pipeline/review/take-up-staff-work.ts';
import { openRun } from '../../src/store/run/start-run.ts';
import { runSummary, type RunSummary } from '../../src/store/run/run-summary.ts';
import { orderReprocess, type RecordedOrder } from '../../src/store/reprocess/order-reprocess.ts';
import type { ReprocessFilter } from '../../src/store/reprocess/select-people.ts';
import { until } from '../support/until.ts';
import { CAMPAIGN, RUN_DATE, type Installation } from './installation.ts';
import { workOnce } from './night.ts';

export const AGENT = { by: 'A. Diop', because: 'pièces vues au guichet' } as const;

export function decisionContext({ context }: Pick<Installation, 'context'>): DecisionContext {
  return { ...context, today: RUN_DATE };
}

export function confirm(
  installation: Pick<Installation, 'context'>,
  person: string,
  order: Partial<Confirmation> = {},
): Promise<Confirmed> {
  const all = { ...AGENT, person, record: null, distinctFrom: [], renews: null, ...order };
  return confirmPerson(decisionContext(installation), all);
}

export function discard(
  installation: Pick<Installation, 'context'>,
  person: string,
  order: Partial<Discard> = {},
): Promise<Discarded> {
  return discardPerson(decisionContext(installation), { ...AGENT, person, as: 'duplicate', of: null, ...order });
}

export function takeUp({ context }: Pick<Installation, 'context'>): Promise<void> {
  return takeUpStaffWork(
    context.db,
    staffWorkOf(context, () => RUN_DATE),
  );
}

/** Looks as a sweeper does until no run is open and nothing waits; tells the figures of the last run. */
export async function carryOut(installation: Installation): Promise<RunSummary> {
  const { context } = installation;
  const seen: string[] = [];
  await until(
    'staff work is carried out',
    async () => {
      await takeUp(installation);
      const run = await openRun(context.db);
      if (run === null) return true;
      seen.push(run.runId);
      await workOnce(context, run.runId);
      return false;
    },
    50_000,
  );
  const summary = await runSummary(context.db, seen.at(-1) ?? '0');
  if (!summary) throw new Error('no run was opened');
  return summary;
}

const EVERYBODY: ReprocessFilter = {
  campaign: CAMPAIGN,
  personRef: null,
  caseId: null,
  householdKey: null,
  batchId: null,
  reasons: [],
  operations: null,
  days: null,
};

export function orderAgain(
  { context }: Pick<Installation, 'context'>,
  filter: Partial<ReprocessFilter> = {},
): Promise<RecordedOrder> {
  const { settleMs } = context.times;
  return orderReprocess(context.db, { filter: { ...EVERYBODY, ...filter }, asked: {}, settleMs, ...AGENT });
}
