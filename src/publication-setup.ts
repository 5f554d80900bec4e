import { join } from 'node:path';
import type { Logger } from 'pino';
import type { RepeatedLook } from '../jobs/look-repeatedly.ts';
import { startPublisher } from '../jobs/publisher.ts';
import type { Config } from './config.ts';
import { errorCode } from './error-code.ts';
import { mailRelay, mailSettings } from './mail-setup.ts';
import type { ReferenceData } from './reference-data.ts';
import { reportSettings } from './report-setup.ts';
import { queueStopMails } from './reports/mail/queue-stop-mails.ts';
import { publishRun, type PublicationSettings } from './reports/publish-run.ts';
import type { Database } from './store/database.ts';
import { runSummary, type RunSummary } from './store/run/run-summary.ts';

/** What reports and the mails about them are written with. */
export async function publicationSettings(config: Config, reference: ReferenceData): Promise<PublicationSettings> {
  return { report: await reportSettings(config, reference), mail: mailSettings(config, reference.recipients) };
}

/** Folder of a night's report. */
export function nightFolder({ reports, dataDirectory }: Config, { runDate, run }: RunSummary): string {
  return join(reports.folder ?? join(dataDirectory, 'rapports'), `${runDate}-execution-${run}`);
}

/** Starts publishing an installation's nights. */
export async function publisherOf({
  config,
  database: { db },
  reference,
  log,
}: {
  readonly config: Config;
  readonly database: Database;
  readonly reference: ReferenceData;
  readonly log: Logger;
}): Promise<RepeatedLook> {
  const settings = await publicationSettings(config, reference);
  const relay = await mailRelay(config);
  if (relay === null) log.info('no mail relay is configured: mails are queued and wait');
  const { firstPauseMs, maxTries, timeoutMs } = config.mail;
  return startPublisher({
    db,
    relay,
    intervalMs: PUBLISHING_LOOK_MS,
    // A try has some six exchanges with the relay, each of which may take the time allowed for silence.
    delivery: { firstPauseMs, longestPauseMs: LONGEST_PAUSE_MS, maxTries, leaseMs: 10 * timeoutMs },
    async publish(runId) {
      const summary = await runSummary(db, runId);
      if (!summary) return;
      const { folder, mailsQueued } = await publishRun(db, summary, nightFolder(config, summary), settings);
      log.info({ run: runId, folder, mailsQueued }, 'report written');
    },
    announceStops: () => queueStopMails(db, settings.mail),
    onError: (error) => log.warn({ code: errorCode(error) }, 'a report or its mails could not leave yet'),
  });
}

const PUBLISHING_LOOK_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;
