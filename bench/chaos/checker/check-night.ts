import type { NightFacts } from './facts.ts';
import { judge, type Verdict } from './judge.ts';
import { readBrokenDecisions, readPeople, readRegistrations, readRun, type Ask } from './read-database.ts';
import { countLines, readLedger, readReport, readTruth } from './read-files.ts';

/** Where the four sides of a night are to be read. */
export interface NightTraces {
  readonly campaign: string;
  readonly runId: string;
  readonly batchFile: string;
  readonly truthFile: string;
  readonly ledgerFile: string;
  /** Null: no report was written. */
  readonly reportFile: string | null;
  readonly ask: Ask;
}

export interface CheckedNight {
  readonly verdict: Verdict;
  /** Writes the partner carried out. */
  readonly writes: number;
  readonly people: number;
  /** People by outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Reads the traces of a night and judges it. */
export async function checkNight(traces: NightTraces): Promise<CheckedNight> {
  const { ask, campaign, runId, reportFile } = traces;
  const facts: NightFacts = {
    campaign,
    batchLines: await countLines(traces.batchFile),
    truth: await readTruth(traces.truthFile),
    ledger: await readLedger(traces.ledgerFile),
    people: await readPeople(ask, campaign),
    registrations: await readRegistrations(ask, campaign),
    brokenDecisions: await readBrokenDecisions(ask, campaign),
    run: await readRun(ask, runId),
    report: reportFile === null ? null : await readReport(reportFile),
  };
  const outcomes: Record<string, number> = {};
  for (const { state } of facts.people) outcomes[state ?? 'none'] = (outcomes[state ?? 'none'] ?? 0) + 1;
  return { verdict: judge(facts), writes: facts.ledger.length, people: facts.people.length, outcomes };
}
