import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { composeMail } from '../../../adapters/mail/compose-mail.ts';
import { readBounce } from '../../../adapters/mail/read-bounce.ts';
import { createSmtpRelay } from '../../../adapters/mail/smtp-relay.ts';
import type { MailDraft, MailOutcome, MailRelay } from '../../../src/domain/mail.ts';
import { startMailServer, type MailServer } from './mail-server.ts';

const draft: MailDraft = {
  messageId: 'run-7.abc@anacmu.invalid',
  from: 'pnbsf-cmu@anacmu.invalid',
  to: 'direction@anacmu.invalid',
  subject: 'Rapprochement du 21/11/2026 : 530 personnes enrôlées',
  text: 'Les comptes sont justes.\n.\nUn point seul ne finit pas le courriel.\n',
  html: '<p>Équité</p>',
  attachments: [
    { name: 'synthèse.csv', contentType: 'text/csv; charset=utf-8', content: Buffer.from('\uFEFFé;1\r\n') },
  ],
  date: '2026-11-22T08:00:00.000Z',
};
const envelope = { from: draft.from, to: draft.to };

let server: MailServer;
let relay: MailRelay;

function relayTo(url: string, requireTls = true): MailRelay {
  return createSmtpRelay({ url, requireTls, ca: server.ca, timeoutMs: 5_000 });
}

async function send(over = relay): Promise<MailOutcome> {
  return over.send(await composeMail(draft), envelope);
}

beforeEach(async () => {
  server = await startMailServer();
  relay = relayTo(server.url);
});
afterEach(async () => {
  relay.close();
  await server.close();
});

describe('a mail over STARTTLS with a password', () => {
  it('arrives as it was written', async () => {
    expect(await send()).toEqual({ kind: 'sent', answer: '250' });
    const mail = await PostalMime.parse(server.taken[0]!);
    expect(mail).toMatchObject({
      subject: draft.subject,
      messageId: '<run-7.abc@anacmu.invalid>',
      from: { address: draft.from },
      to: [{ address: draft.to }],
    });
    expect(mail.text).toContain('\n.\nUn point seul');
    expect(mail.html).toContain('Équité');
    expect(mail.attachments[0]!.filename).toBe('synthèse.csv');
    expect(Buffer.from(mail.attachments[0]!.content as ArrayBuffer)).toEqual(draft.attachments[0]!.content);
  });

  it('that the relay cannot take now may be sent later; one it will not take may not', async () => {
    server.behave(451, 552);
    expect(await send()).toEqual({ kind: 'later', answer: '451' });
    expect(await send()).toEqual({ kind: 'refused', answer: '552' });
    expect(server.taken).toEqual([]);
  });

  it('whose answer was lost may have arrived', async () => {
    server.behave('hang-up-after-taking');
    expect(await send()).toMatchObject({ kind: 'unknown' });
    expect(server.taken.length).toBe(1);
  });

  it('waits while the password is wrong, the relay is away or its certificate is not the one expected', async () => {
    const wrong = relayTo(server.url.replace('anacmu:', 'autre:'));
    expect(await send(wrong)).toMatchObject({ kind: 'later', answer: '535' });
    const stranger = createSmtpRelay({ url: server.url, requireTls: true, ca: null, timeoutMs: 5_000 });
    expect(await send(stranger)).toMatchObject({ kind: 'later' });
    const away = relayTo('smtp://127.0.0.1:1');
    expect(await send(away)).toMatchObject({ kind: 'later' });
    expect(server.taken).toEqual([]);
  });
});

describe('a relay without encryption', () => {
  it('gets nothing, password included, unless the installation allows it', async () => {
    const plain = await startMailServer({ plain: true });
    try {
      expect(await send(relayTo(plain.url))).toMatchObject({ kind: 'later' });
      expect(plain.taken).toEqual([]);
      expect(await send(relayTo(plain.url, false))).toMatchObject({ kind: 'sent' });
    } finally {
      await plain.close();
    }
  });
});

describe('a notice of non-delivery', () => {
  const notice = (action: string): string =>
    [
      'From: MAILER-DAEMON@relais.invalid',
      'Message-ID: <avis@relais.invalid>',
      'Content-Type: multipart/report; report-type=delivery-status;',
      '\tboundary="x"',
      '',
      '--x',
      'Content-Type: message/delivery-status',
      '',
      'Final-Recipient: rfc822; direction@anacmu.invalid',
      `Action: ${action}`,
      'Status: 5.1.1',
      '',
      '--x',
      'Content-Type: message/rfc822',
      '',
      'Message-ID: <run-7.abc@anacmu.invalid>',
      'Subject: Rapprochement',
      '--x--',
    ].join('\r\n');

  it('names the mail and the status', () => {
    expect(readBounce(notice('failed'))).toEqual({ messageId: 'run-7.abc@anacmu.invalid', status: '5.1.1' });
  });

  it('that only tells of a delay, and any other mail, is none', () => {
    expect(readBounce(notice('delayed'))).toBeNull();
    expect(readBounce('Content-Type: text/plain\r\n\r\nAction: failed\r\nMessage-ID: <run-7.abc@x>')).toBeNull();
  });
});
