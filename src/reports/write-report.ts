/**
 * The report of a closed run: lists for those who must act, figures, a workbook, and a signed manifest over all of it.
 * Everything comes from rows that no later work changes, so that a report written again says the same.
 */
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Executor } from '../store/database.ts';
import type { ReportedRun } from '../store/report/person-rows.ts';
import { runPeriod } from '../store/report/run-period.ts';
import type { RunSummary } from '../store/run/run-summary.ts';
import { equityGaps } from './indicators/equity.ts';
import { indicators } from './indicators/indicators.ts';
import { runFigures, type RunFigures } from './indicators/run-figures.ts';
import { EQUITY_TABLE } from './lines/equity-table.ts';
import { SUMMARY_TABLE } from './lines/summary-table.ts';
import { dictionary, OPEN_DICTIONARY, OPEN_FIGURES, openFigures } from './open-data/open-tables.ts';
import { MANIFEST_FILE, signManifest } from './proof/manifest.ts';
import type { ReportSettings } from './report-settings.ts';
import { openReportFiles, type ReportTables } from './table/report-tables.ts';
import { writeWhole, type WrittenFile } from './table/table-file.ts';
import {
  writeDeltas,
  writeDifferences,
  writeHouseholdLists,
  writePeopleLists,
  writeRenewals,
  writeWaitingLists,
} from './write-lists.ts';

/** Absolute paths of a report's files, by role. */
export interface ReportFiles {
  readonly report: string;
  readonly summary: string;
  readonly result: string;
  readonly workbook: string;
  readonly manifest: string;
}

/** A report as it was written. */
export interface WrittenReport {
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly paths: ReportFiles;
  /** Every file, the manifest last. */
  readonly files: readonly WrittenFile[];
  readonly figures: RunFigures;
}

/** A report is made of a run's frozen outcomes; an open run has none yet. */
export class RunNotClosed extends Error {
  readonly code = 'EXECUTION_NON_CLOSE';
  readonly remedy =
    'Attendez la clôture (« pnbsf-cmu status » la suit) ; si l’exécution est arrêtée, décidez par « run release ».';
}

const RESULT_FILE = 'resultat.json';
const WORKBOOK_FILE = 'rapport.xlsx';

/**
 * Writes the report of a closed run into a folder. The files appear together once all are complete: a full disk leaves
 * the folder as it was. Throws {@link RunNotClosed}.
 */
export async function writeReport(
  db: Executor,
  summary: RunSummary,
  folder: string,
  settings: ReportSettings,
): Promise<WrittenReport> {
  if (summary.state !== 'closed') throw new RunNotClosed(`L’exécution ${summary.run} n’est pas close.`);
  const directory = resolve(folder);
  await mkdir(directory, { recursive: true });
  await removeOldDrafts(directory);
  const draft = await mkdtemp(join(directory, DRAFT));
  try {
    const figures = await runFigures(db, summary, settings);
    const files = await writeAll(db, figures, draft, settings);
    // The manifest last: until it is there, the folder is no report.
    for (const { name } of files) await rename(join(draft, name), join(directory, name));
    await syncFolder(directory);
    return { folder: directory, paths: pathsIn(directory), files, figures };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Beginning of the name of the folder in which a report is made. */
const DRAFT = '.en-cours-';
/** Longer than any report takes, ms: an older draft is that of a process that was killed. */
const DRAFT_LIFE_MS = 6 * 3_600_000;

/** Removes what killed processes have left: lists of people that nobody would look for. */
async function removeOldDrafts(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(DRAFT)) continue;
    const path = join(directory, name);
    const found = await stat(path).catch(() => null); // gone meanwhile: its process has ended
    if (found && Date.now() - found.mtimeMs > DRAFT_LIFE_MS) await rm(path, { recursive: true, force: true });
  }
}

/** Makes renamed files outlive a loss of power, before the database says that the report is there. */
async function syncFolder(directory: string): Promise<void> {
  const folder = await open(directory);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function pathsIn(directory: string): ReportFiles {
  return {
    report: join(directory, 'rapprochement.csv'),
    summary: join(directory, 'synthese.csv'),
    result: join(directory, RESULT_FILE),
    workbook: join(directory, WORKBOOK_FILE),
    manifest: join(directory, MANIFEST_FILE),
  };
}

async function writeAll(
  db: Executor,
  figures: RunFigures,
  draft: string,
  settings: ReportSettings,
): Promise<readonly WrittenFile[]> {
  const { summary } = figures;
  const { run, runDate, campaign } = summary;
  const reported: ReportedRun = { run, runDate, campaign, timeZone: settings.timeZone };
  const tables = openReportFiles(draft, settings.workbookLines);
  try {
    await writeFigures(figures, tables, settings);
    await writePeopleLists(db, reported, tables, settings);
    await writeWaitingLists(db, reported, tables, settings);
    await writeHouseholdLists(db, reported, tables);
    await writeDifferences(db, reported, tables);
    await writeRenewals(db, reported, tables);
    await writeDeltas(db, reported, tables);
    const files = [
      ...(await tables.finish()),
      await writeWhole(draft, WORKBOOK_FILE, await tables.workbook()),
      await writeWhole(draft, RESULT_FILE, `${JSON.stringify(summary, null, 2)}\n`),
    ];
    const { period, rules } = await runPeriod(db, run);
    const content = { format: 'pnbsf-cmu-report/1', product: settings.product, run, runDate, campaign } as const;
    const manifest = signManifest({ ...content, period, counts: summary, rules, files }, settings.signingKey);
    return [...files, await writeWhole(draft, MANIFEST_FILE, `${JSON.stringify(manifest, null, 2)}\n`)];
  } catch (error) {
    await tables.abandon();
    throw error;
  }
}

async function writeFigures(figures: RunFigures, tables: ReportTables, settings: ReportSettings): Promise<void> {
  const { runDate } = figures.summary;
  await tables.write(SUMMARY_TABLE, indicators(figures));
  await tables.write(EQUITY_TABLE, equityGaps(figures.groups, settings.smallestGroup));
  await tables.write(OPEN_FIGURES, openFigures(runDate, figures.groups, settings.smallestCell));
  await tables.write(OPEN_DICTIONARY, dictionary(settings.smallestCell));
}
