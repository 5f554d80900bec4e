import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Executor } from '../store/database.ts';
import type { RunSummary } from '../store/run/run-summary.ts';
import { writeReconciliationCsv } from './reconciliation-csv.ts';
import { writeSummaryCsv } from './summary-csv.ts';

/** Absolute paths of a report's files, by role. */
export interface ReportFiles {
  readonly report: string;
  readonly summary: string;
  readonly result: string;
}

/** A report is made of a run's frozen outcomes; an open run has none yet. */
export class RunNotClosed extends Error {
  readonly code = 'EXECUTION_NON_CLOSE';
  readonly remedy =
    'Attendez la clôture (« pnbsf-cmu status » la suit) ; si l’exécution est arrêtée, décidez par « run release ».';
}

/** Writes the report of a closed run into a folder. Written again, it gives the same outcomes and figures. */
export async function writeReport(db: Executor, summary: RunSummary, folder: string): Promise<ReportFiles> {
  if (summary.state !== 'closed') throw new RunNotClosed(`L’exécution ${summary.run} n’est pas close.`);
  const directory = resolve(folder);
  await mkdir(directory, { recursive: true });
  const files = {
    report: join(directory, 'rapprochement.csv'),
    summary: join(directory, 'synthese.csv'),
    result: join(directory, 'resultat.json'),
  };
  await writeReconciliationCsv(db, summary.run, files.report);
  await writeSummaryCsv(db, summary, files.summary);
  await writeFile(files.result, `${JSON.stringify(summary, null, 2)}\n`, { mode: 0o600 });
  return files;
}
