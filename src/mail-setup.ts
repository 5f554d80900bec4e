import { readFile } from 'node:fs/promises';
import { composeMail } from '../adapters/mail/compose-mail.ts';
import { createSmtpRelay } from '../adapters/mail/smtp-relay.ts';
import type { Config } from './config.ts';
import type { MailRelay } from './domain/mail.ts';
import type { MailRecipient } from './domain/mail-recipients.ts';
import type { MailSettings } from './reports/mail/queue-report-mails.ts';

/** What mails about reports are written with. */
export function mailSettings(
  { mail, reports }: Config,
  recipients: readonly MailRecipient[],
  now: () => Date = () => new Date(),
): MailSettings {
  return {
    compose: composeMail,
    from: mail.from,
    recipients,
    attachments: { maxBytes: mail.maxAttachmentBytes, personal: mail.personal },
    smallestGroup: reports.smallestGroup,
    now: () => now().toISOString(),
  };
}

/** The configured relay; null when there is none, and mails wait. */
export async function mailRelay({ mail }: Config): Promise<MailRelay | null> {
  if (mail.smtpUrl === null) return null;
  return createSmtpRelay({
    url: mail.smtpUrl,
    requireTls: mail.requireTls,
    ca: mail.caFile === null ? null : await readFile(mail.caFile, 'utf8'),
    timeoutMs: mail.timeoutMs,
  });
}
