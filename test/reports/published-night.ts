/** A night on invented people whose report is published, for the suites that read it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generatePopulation } from '../../fixtures/population/population.ts';
import { demoRecipients } from '../../src/cli/demo/demo-mails.ts';
import { publishRun, type Publication } from '../../src/reports/publish-run.ts';
import type { RunSummary } from '../../src/store/run/run-summary.ts';
import { openInstallation, RUN_DATE, type Installation } from '../pipeline/installation.ts';
import { night } from '../pipeline/night.ts';
import { csvCells } from '../support/libre-office.ts';

export interface PublishedNight {
  readonly installation: Installation;
  readonly summary: RunSummary;
  readonly publication: Publication;
  /** Every NIN the RNU sent. */
  readonly nationalIds: readonly string[];
  readonly names: readonly string[];
  /** Cells of one of the report's CSV files, the header first. */
  table(file: string): Promise<readonly (readonly string[])[]>;
  publishAgain(folder?: string): Promise<Publication>;
  close(): Promise<void>;
}

/** Plays and publishes it. */
export async function publishedNight(people = 200): Promise<PublishedNight> {
  const population = generatePopulation({ people, seed: 'rapport', asOf: RUN_DATE });
  const lines = population.households.flatMap(({ rows }) => rows);
  const installation = await openInstallation({ village: { lines, registries: population.registries } });
  const summary = await night(installation);
  const root = await mkdtemp(join(tmpdir(), 'rapport-'));
  const publish = async (folder: string): Promise<Publication> => {
    const settings = await installation.app.publication();
    const { db, gazetteer } = installation.context;
    const mail = { ...settings.mail, recipients: await demoRecipients(db, gazetteer) };
    return publishRun(db, summary, resolve(root, folder), { ...settings, mail });
  };
  const publication = await publish('rapport');
  return {
    installation,
    summary,
    publication,
    nationalIds: lines.map(({ numeroCni }) => numeroCni).filter((number) => number.length >= 8),
    names: lines.map(({ nomComplet }) => nomComplet).filter((name) => name.length >= 8),
    table: async (file) => csvCells(await readFile(join(publication.folder, file), 'utf8'), ';'),
    publishAgain: (folder = 'rapport') => publish(folder),
    async close() {
      await installation.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
