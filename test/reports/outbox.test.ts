import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { MailOutcome, MailRelay } from '../../src/domain/mail.ts';
import { deliverDueMails, type Delivery } from '../../src/reports/mail/deliver-due-mails.ts';
import { listMails, noteBounce, queueMail, resendMail, takeDueMail } from '../../src/store/mail/outbox.ts';
import { openTestStore, type TestStore } from './test-store.ts';

let store: TestStore;
const delivery: Delivery = { firstPauseMs: 0, longestPauseMs: 0, maxTries: 3, leaseMs: 60_000 };

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await sql`delete from outbound_mail`.execute(store.db);
});

async function queue(recipient: string): Promise<boolean> {
  return queueMail(store.db, {
    runId: store.runId,
    role: 'direction',
    region: '',
    recipient,
    messageId: `run-1.${recipient}`,
    sender: 'pnbsf-cmu@anacmu.invalid',
    subject: 'Rapprochement',
    raw: Buffer.from('Subject: x\r\n\r\ncorps'),
  });
}

/** A relay that remembers whom it was given mails for, and answers in turn. */
function relayOf(...answers: readonly MailOutcome['kind'][]): MailRelay & { readonly given: string[] } {
  const left = [...answers];
  const given: string[] = [];
  return {
    given,
    async send(_raw, { to }) {
      given.push(to);
      await Promise.resolve();
      return { kind: left.shift() ?? 'sent', answer: '250' };
    },
    close: () => undefined,
  };
}

async function states(): Promise<readonly string[]> {
  return (await listMails(store.db, null, 100)).map(({ state }) => state).sort();
}

describe('the outbox', () => {
  it('holds one mail a person about a run, however often it is published', async () => {
    expect([await queue('a@x'), await queue('a@x'), await queue('b@x')]).toEqual([true, false, true]);
    const relay = relayOf();
    await deliverDueMails(store.db, relay, delivery);
    await queue('a@x');
    await deliverDueMails(store.db, relay, delivery);
    expect(relay.given.sort()).toEqual(['a@x', 'b@x']);
  });

  it('two processes deliver each mail once', async () => {
    const recipients = Array.from({ length: 40 }, (_, at) => `${at}@x`);
    for (const recipient of recipients) await queue(recipient);
    const [one, two] = [relayOf(), relayOf()];
    await Promise.all([deliverDueMails(store.db, one, delivery), deliverDueMails(store.db, two, delivery)]);
    expect([...one.given, ...two.given].sort()).toEqual([...recipients].sort());
  });

  it('tries again what was not taken, and gives up after so many tries', async () => {
    await queue('a@x');
    await deliverDueMails(store.db, relayOf('later', 'later'), delivery);
    expect(await states()).toEqual(['sent']);
    await queue('b@x');
    await deliverDueMails(store.db, relayOf('later', 'later', 'later'), delivery);
    expect(await states()).toEqual(['abandoned', 'sent']);
  });

  it('never sends again by itself what may have arrived', async () => {
    await queue('a@x');
    const relay = relayOf('unknown');
    await deliverDueMails(store.db, relay, delivery);
    await deliverDueMails(store.db, relay, delivery);
    expect([relay.given, await states()]).toEqual([['a@x'], ['unknown']]);
  });

  it('takes a mail whose sender died for one that may have arrived', async () => {
    await queue('a@x');
    await takeDueMail(store.db, 0); // and the process ends here
    const relay = relayOf();
    await deliverDueMails(store.db, relay, delivery);
    expect([relay.given, await states()]).toEqual([[], ['unknown']]);
  });

  it('sends again on a named person’s word, and journals it', async () => {
    await queue('a@x');
    await deliverDueMails(store.db, relayOf('refused'), delivery);
    const id = (await listMails(store.db, null, 1))[0]!.id;
    expect(await resendMail(store.db, { id, by: 'A. Ndiaye', because: 'adresse rétablie' })).toBe(true);
    await deliverDueMails(store.db, relayOf(), delivery);
    expect(await states()).toEqual(['sent']);
    expect(await resendMail(store.db, { id, by: 'A. Ndiaye', because: 'encore' })).toBe(false);
    const { rows } = await sql`select actor from journal where action = 'mail.resend'`.execute(store.db);
    expect(rows).toEqual([{ actor: 'A. Ndiaye' }]);
  });

  it('sends again with all its tries', async () => {
    await queue('a@x');
    await deliverDueMails(store.db, relayOf('later', 'later', 'later'), delivery);
    const id = (await listMails(store.db, null, 1))[0]!.id;
    await resendMail(store.db, { id, by: 'A. Ndiaye', because: 'relais réparé' });
    await deliverDueMails(store.db, relayOf('later', 'later', 'sent'), delivery);
    expect(await states()).toEqual(['sent']);
  });

  it('shows what came back', async () => {
    await queue('a@x');
    await deliverDueMails(store.db, relayOf(), delivery);
    expect(await noteBounce(store.db, 'run-1.a@x', '5.1.1')).toBe(true);
    expect(await noteBounce(store.db, 'inconnu@x', '5.1.1')).toBe(false);
    expect(await states()).toEqual(['bounced']);
  });
});
