import type { Executor } from '../store/database.ts';
import { markPublished } from '../store/report/publication.ts';
import type { RunSummary } from '../store/run/run-summary.ts';
import { queueReportMails, type MailSettings } from './mail/queue-report-mails.ts';
import type { ReportSettings } from './report-settings.ts';
import { writeReport, type WrittenReport } from './write-report.ts';

/** What a publication is made with. */
export interface PublicationSettings {
  readonly report: ReportSettings;
  readonly mail: MailSettings;
}

/** A report that was published, and how many mails it put into the queue. */
export interface Publication extends WrittenReport {
  readonly mailsQueued: number;
}

/**
 * Writes the report of a closed run, then queues its mails. Interrupted anywhere and done again, it ends the same: the
 * files are replaced by equal ones, and nobody is written to twice.
 */
export async function publishRun(
  db: Executor,
  summary: RunSummary,
  folder: string,
  settings: PublicationSettings,
): Promise<Publication> {
  const report = await writeReport(db, summary, folder, settings.report);
  const mailsQueued = await queueReportMails(db, report, settings.mail);
  await markPublished(db, summary.run, report.folder);
  return { ...report, mailsQueued };
}
