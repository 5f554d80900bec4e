import { createHash } from 'node:crypto';
import { braked, findingText } from '../../domain/french/brake-text.ts';
import { frenchDate } from '../../domain/french/numbers.ts';
import type { Executor } from '../../store/database.ts';
import { queueMail } from '../../store/mail/outbox.ts';
import { stoppedRuns, type StoppedRun } from '../../store/night/stopped-runs.ts';
import type { MailSettings } from './queue-report-mails.ts';

/**
 * Queues a mail to those who run the system for every run that stopped for a person: once for each stop, however often
 * it is called. Returns how many were queued.
 */
export async function queueStopMails(db: Executor, settings: MailSettings): Promise<number> {
  const recipients = settings.recipients.filter(({ role }) => role === 'exploitation');
  if (recipients.length === 0) return 0;
  let queued = 0;
  for (const run of await stoppedRuns(db))
    for (const { address } of recipients) if (await queueOne(db, run, address, settings)) queued += 1;
  return queued;
}

async function queueOne(db: Executor, run: StoppedRun, to: string, settings: MailSettings): Promise<boolean> {
  const { from, compose, now } = settings;
  const kind = `stop-${run.state}-${run.stops}`;
  const who = createHash('sha256').update(to).digest('hex').slice(0, 16);
  const messageId = `run-${run.runId}.${kind}.${who}@${from.slice(from.lastIndexOf('@') + 1)}`;
  const subject = `PNBSF-CMU, exploitation : exécution ${run.runId} du ${frenchDate(run.runDate)} ARRÊTÉE`;
  const lines = stopLines(run);
  const raw = await compose({
    messageId,
    from,
    to,
    subject,
    text: `${lines.join('\n\n')}\n`,
    html: html(subject, lines),
    attachments: [],
    date: now(),
  });
  return queueMail(db, {
    kind,
    runId: run.runId,
    role: 'exploitation',
    region: '',
    recipient: to,
    messageId,
    sender: from,
    subject,
    raw,
  });
}

const WHY: Readonly<Record<Exclude<StoppedRun['state'], 'braked'>, string>> = {
  unbalanced: 'Ses comptes ne tombent pas juste : elle n’est pas close et n’a pas de rapport.',
  defective: 'SIGICMU a demandé une somme à un bénéficiaire : plus aucune demande d’adhésion ne part.',
};

function whyText({ state, findings }: StoppedRun): string {
  return state === 'braked' ? `Le frein l’a arrêtée ${braked(findings).when}.` : WHY[state];
}

/** Paragraphs of the mail; no name, number or date of birth. */
function stopLines(run: StoppedRun): readonly string[] {
  return [
    `L’exécution ${run.runId} du ${frenchDate(run.runDate)} est arrêtée et attend une décision. ${whyText(run)}`,
    ...run.findings.map((finding) => `- ${findingText(finding, run.people)}`),
    'Aucune autre nuit ne commence d’ici là. Rien n’est perdu : ce qui est dû le reste.',
    `Après examen : pnbsf-cmu run release ${run.runId} --by NOM --because RAISON`,
  ];
}

function html(subject: string, lines: readonly string[]): string {
  const body = lines.map((line) => `<p style="margin:0 0 10px">${escaped(line)}</p>`).join('\n');
  return `<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;font-family:Arial,Helvetica,sans-serif;color:#1c2733;font-size:15px;line-height:1.45">
<h1 style="margin:0 0 12px;font-size:20px;color:#a32020">Exécution arrêtée</h1>
${body}
</body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
