import type { DifferenceCounts } from '../../domain/differences.ts';
import type { Gazetteer } from '../../domain/gazetteer.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../../store/database.ts';
import { breakdown, waitingBreakdown } from '../../store/report/breakdown.ts';
import { householdCovers } from '../../store/report/household-cover.ts';
import type { ReportedRun } from '../../store/report/person-rows.ts';
import { RENEWAL_HORIZONS, renewalsDue } from '../../store/report/renewals-due.ts';
import { runBatches, type RunBatch } from '../../store/report/run-batches.ts';
import { countReasons, runCounts, type RunCounts } from '../../store/report/run-counts.ts';
import { serviceCalls, type ServiceCalls } from '../../store/report/service-calls.ts';
import { countDifferences } from '../../store/run/compare-registrations.ts';
import type { RunSummary } from '../../store/run/run-summary.ts';
import { isIncomplete } from '../lines/incomplete-households.ts';
import { peopleGroups, type PeopleGroup } from './people-groups.ts';

/** All that a report says in figures; command line, mail and files read this one object. */
export interface RunFigures {
  readonly summary: RunSummary;
  readonly batches: readonly RunBatch[];
  readonly counts: RunCounts;
  readonly reasons: ReadonlyMap<ReasonCode, number>;
  readonly differences: DifferenceCounts;
  readonly groups: readonly PeopleGroup[];
  readonly households: { readonly all: number; readonly complete: number };
  readonly services: readonly ServiceCalls[];
  /** Covers that end within 30, 60 and 90 days, each horizon with the nearer ones. */
  readonly renewals: readonly { readonly days: number; readonly people: number }[];
}

/** Reads the figures of a closed run. */
export async function runFigures(
  db: Executor,
  summary: RunSummary,
  { timeZone, gazetteer }: { readonly timeZone: string; readonly gazetteer: Gazetteer },
): Promise<RunFigures> {
  const run: ReportedRun = { run: summary.run, runDate: summary.runDate, campaign: summary.campaign, timeZone };
  return {
    summary,
    batches: await runBatches(db, run.run),
    counts: await runCounts(db, run.run),
    reasons: await countReasons(db, run.run),
    differences: await countDifferences(db, run.run),
    groups: peopleGroups(await breakdown(db, run.run), await waitingBreakdown(db, run), gazetteer),
    households: await countHouseholds(db, run.run),
    services: await serviceCalls(db, run.run),
    renewals: await countRenewals(db, run),
  };
}

async function countHouseholds(db: Executor, runId: string): Promise<RunFigures['households']> {
  let [all, complete] = [0, 0];
  for await (const page of householdCovers(db, runId)) {
    const alive = page.filter(({ living }) => living > 0);
    all += alive.length;
    complete += alive.filter((household) => !isIncomplete(household)).length;
  }
  return { all, complete };
}

async function countRenewals(db: Executor, run: ReportedRun): Promise<RunFigures['renewals']> {
  const people = RENEWAL_HORIZONS.map(() => 0);
  for await (const page of renewalsDue(db, run))
    for (const { daysLeft } of page)
      RENEWAL_HORIZONS.forEach((days, at) => (people[at] = (people[at] ?? 0) + (daysLeft <= days ? 1 : 0)));
  return RENEWAL_HORIZONS.map((days, at) => ({ days, people: people[at] ?? 0 }));
}
