import { createHash } from 'node:crypto';
import type { ComposeMail } from '../../domain/mail.ts';
import type { MailRecipient } from '../../domain/mail-recipients.ts';
import type { Executor } from '../../store/database.ts';
import { queueMail } from '../../store/mail/outbox.ts';
import { ACTING_OFFICES, OFFICE_FILES } from '../lines/office-lists.ts';
import type { WrittenReport } from '../write-report.ts';
import { chooseFiles, readAttachments, tellsWho, type AttachmentRule } from './mail-attachments.ts';
import { mailContent, type OfficeTasks } from './mail-content.ts';
import { mailHtml } from './mail-html.ts';
import { mailText } from './mail-text.ts';

export interface MailSettings {
  readonly compose: ComposeMail;
  /** Address the mails come from and bounce to. */
  readonly from: string;
  readonly recipients: readonly MailRecipient[];
  readonly attachments: AttachmentRule;
  readonly smallestGroup: number;
  /** Instant of writing, ISO 8601. */
  readonly now: () => string;
}

/**
 * Queues the mails about a report, one for each recipient. Recipients who were written to about this run already get
 * nothing more: publishing twice sends once. Returns how many were queued.
 */
export async function queueReportMails(db: Executor, report: WrittenReport, settings: MailSettings): Promise<number> {
  let queued = 0;
  for (const recipient of settings.recipients) if (await queueOne(db, report, recipient, settings)) queued += 1;
  return queued;
}

async function queueOne(
  db: Executor,
  report: WrittenReport,
  recipient: MailRecipient,
  { compose, from, attachments: rule, smallestGroup, now }: MailSettings,
): Promise<boolean> {
  const runId = report.figures.summary.run;
  const { role, region, address } = recipient;
  const content = mailContent(report.figures, { role, region, offices: officeTasks(report), smallestGroup });
  const files = chooseFiles(report.files, recipient, rule);
  const foot = { folder: report.folder, files, personal: tellsWho(files.attached) };
  const messageId = messageIdOf(runId, recipient, from);
  const raw = await compose({
    messageId,
    from,
    to: address,
    subject: content.subject,
    text: mailText(content, foot),
    html: mailHtml(content, foot),
    attachments: await readAttachments(report.folder, files.attached),
    date: now(),
  });
  return queueMail(db, {
    runId,
    role,
    region,
    recipient: address,
    messageId,
    sender: from,
    subject: content.subject,
    raw,
  });
}

/** Stable over all tries, so that a mail delivered twice is recognised; says nothing about the recipient. */
function messageIdOf(runId: string, { role, region, address }: MailRecipient, from: string): string {
  const who = createHash('sha256').update(`${role}\0${region}\0${address}`).digest('hex').slice(0, 16);
  return `run-${runId}.${who}@${from.slice(from.lastIndexOf('@') + 1)}`;
}

/** Lines of each office's list, which is what the mail says of it. */
function officeTasks({ files }: WrittenReport): OfficeTasks {
  const lines = (name: string): number => files.find((file) => file.name === name)?.lines ?? 0;
  return Object.fromEntries(ACTING_OFFICES.map((office) => [office, lines(OFFICE_FILES[office])])) as OfficeTasks;
}
