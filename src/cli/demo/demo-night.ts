/** A whole night on invented people: batch, import, identities, registrations, reconciliation, report. */
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeBatchCsv } from '../../../fixtures/population/batch-csv.ts';
import { generatePopulation } from '../../../fixtures/population/population.ts';
import { writeTruth } from '../../../fixtures/population/truth-file.ts';
import { startSandbox } from '../../../fixtures/sandbox/start-sandbox.ts';
import { openApp, type App } from '../../app.ts';
import { civilDay } from '../../civil-day.ts';
import { writeErrorFile } from '../../pipeline/intake/error-file.ts';
import { importBatch } from '../../pipeline/intake/import-batch.ts';
import { publishRun } from '../../reports/publish-run.ts';
import type { ReportFiles } from '../../reports/write-report.ts';
import { runSummary, type RunSummary } from '../../store/run/run-summary.ts';
import { startRun } from '../../store/run/start-run.ts';
import type { Output } from '../output.ts';
import { workUntilClosed } from '../work-until-closed.ts';
import { checkTruth, type LedgerCheck } from './check-truth.ts';
import { demoRecipients, writeMails } from './demo-mails.ts';
import { DEMO_FAULTS } from './demo-faults.ts';
import { demoConfig } from './demo-settings.ts';

export interface DemoOptions {
  readonly people: number;
  readonly seed: string;
  readonly directory: string;
}

export interface DemoResult extends RunSummary {
  readonly ledger: Pick<LedgerCheck, 'writes' | 'distinctPeople'>;
  readonly wronglyEnrolled: number;
  readonly files: ReportFiles & {
    readonly batch: string;
    readonly truth: string;
    readonly ledger: string;
    readonly errors: string;
    /** Key that `report verify --key` trusts for this report. */
    readonly publicKey: string;
  };
  /** Absolute paths of the mails, as `.eml`. */
  readonly mails: readonly string[];
}

/** Lines of the sample batch that nobody can read, as real batches have some. */
const UNREADABLE_LINES = 5;

interface DemoFiles {
  readonly batch: string;
  readonly truth: string;
  readonly ledger: string;
  readonly errors: string;
  readonly data: string;
  readonly report: string;
  readonly mails: string;
  readonly publicKey: string;
}

/** Plays the night. The same seed and number of people give the same outcomes on the same day. */
export async function playNight(options: DemoOptions, output: Output): Promise<DemoResult> {
  const files = await cleanDirectory(options.directory);
  const asOf = civilDay(new Date(), 'Africa/Dakar');
  const population = generatePopulation({ people: options.people, seed: options.seed, asOf });
  await writeBatchCsv(population, files.batch, { unreadableLines: UNREADABLE_LINES });
  await writeTruth(population, files.truth);
  output.say(`Lot RNU inventé : ${files.batch}`);
  const sandbox = await startSandbox({
    registries: population.registries,
    seed: options.seed,
    faults: DEMO_FAULTS,
    ledgerFile: files.ledger,
  });
  try {
    const app = await openApp(demoConfig(files.data, sandbox.url), { throwAway: true });
    try {
      const { summary, report, mails } = await night(app, files, output);
      const check = checkTruth(sandbox.ledger(), population.truth);
      return { ...summary, ...result(check, files, { report, mails }) };
    } finally {
      await app.close();
    }
  } finally {
    await sandbox.stop();
  }
}

async function night(
  app: App,
  files: DemoFiles,
  output: Output,
): Promise<{ summary: RunSummary; report: ReportFiles; mails: readonly string[] }> {
  const { db } = app.database;
  const imported = await importBatch(
    { name: 'lot-rnu.csv', path: files.batch },
    {
      database: app.database,
      campaign: app.config.campaign,
      actor: 'demo',
      catalogue: app.reference.columns,
      matchKeys: app.reference.matcher.keys,
    },
  );
  if (imported.batchId !== null) await writeErrorFile(app.database, imported.batchId, files.errors);
  output.say('Lot importé. Vérification des identités, puis enrôlement…');
  const { runId } = await startRun(db, {
    runDate: app.today(),
    campaign: app.config.campaign,
    patienceMs: app.config.times.runPatienceMs,
    batchId: null,
    startedBy: 'demo',
  });
  await workUntilClosed(app, runId, output);
  const summary = await runSummary(db, runId);
  if (!summary) throw new Error('the run of the demonstration disappeared');
  const { report, mail } = await app.publication();
  const recipients = await demoRecipients(db, app.reference.gazetteer);
  const { paths } = await publishRun(db, summary, files.report, { report, mail: { ...mail, recipients } });
  return { summary, report: paths, mails: await writeMails(db, runId, files.mails) };
}

function result(
  { writes, distinctPeople, wronglyEnrolled }: LedgerCheck,
  { batch, truth, ledger, errors, publicKey }: DemoFiles,
  written: { readonly report: ReportFiles; readonly mails: readonly string[] },
): Pick<DemoResult, 'ledger' | 'wronglyEnrolled' | 'files' | 'mails'> {
  return {
    ledger: { writes, distinctPeople },
    wronglyEnrolled,
    files: { ...written.report, publicKey, batch, truth, ledger, errors },
    mails: written.mails,
  };
}

/** The demonstration writes over its own files of an earlier time and touches nothing else in the folder. */
async function cleanDirectory(directory: string): Promise<DemoFiles> {
  const inside = (name: string): string => join(resolve(directory), name);
  const files = {
    batch: inside('lot-rnu.csv'),
    truth: inside('verite.jsonl'),
    ledger: inside('sigicmu.jsonl'),
    errors: inside('lignes-illisibles.csv'),
    data: inside('donnees'),
    report: inside('rapport'),
    mails: inside('courriels'),
    publicKey: inside('donnees/cles/rapport-publique.pem'),
  };
  const old = [files.ledger, `${files.ledger}.state`, files.data, files.report, files.mails].map((path) =>
    rm(path, { recursive: true, force: true }),
  );
  await Promise.all(old);
  await mkdir(resolve(directory), { recursive: true });
  return files;
}
