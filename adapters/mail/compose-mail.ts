import { createTransport } from 'nodemailer';
import type { MailDraft } from '../../src/domain/mail.ts';

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/** Writes a draft as an internet message; satisfies the port `ComposeMail`. Nothing is read from disk or network. */
export async function composeMail(draft: MailDraft): Promise<Buffer> {
  const { message } = await composer.sendMail({
    messageId: `<${draft.messageId}>`,
    from: draft.from,
    to: draft.to,
    subject: draft.subject,
    date: new Date(draft.date),
    text: draft.text,
    html: draft.html,
    attachments: draft.attachments.map(({ name, contentType, content }) => ({
      filename: name,
      contentType,
      content: Buffer.from(content),
    })),
    // Keeps out-of-office notes and mailing programs from answering a machine.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'fr' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return Buffer.isBuffer(message) ? message : Buffer.from(await bytesOf(message));
}

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
