import { sql } from 'kysely';
import type { MailOutcome } from '../../domain/mail.ts';
import type { Executor } from '../database.ts';

/** A mail to be queued. */
export interface QueuedMail {
  /** What it is about; the report of the run unless told. One mail of a kind to a person about a run. */
  readonly kind?: string;
  readonly runId: string;
  readonly role: string;
  readonly region: string;
  readonly recipient: string;
  readonly messageId: string;
  readonly sender: string;
  readonly subject: string;
  readonly raw: Buffer;
}

export const MAIL_STATES = ['pending', 'sending', 'sent', 'refused', 'unknown', 'bounced', 'abandoned'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** Queues a mail. False when this person already has one of this kind about this run, in this role. */
export async function queueMail(db: Executor, mail: QueuedMail): Promise<boolean> {
  const { runId: run_id, messageId: message_id, ...same } = mail;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('outbound_mail')
    .values({ run_id, message_id, ...same })
    .onConflict((conflict) => conflict.columns(['run_id', 'kind', 'role', 'region', 'recipient']).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** A mail taken for sending. */
export interface TakenMail {
  readonly id: string;
  readonly recipient: string;
  readonly sender: string;
  readonly raw: Buffer;
  readonly tries: number;
}

/** Takes one mail that is due, for `leaseMs`; null when none is. Committed before the mail leaves. */
export async function takeDueMail(db: Executor, leaseMs: number): Promise<TakenMail | null> {
  const { rows } = await sql<TakenMail>`
    update outbound_mail set state = 'sending', tries = tries + 1, lease_until = now() + ${leaseMs} * interval '1 ms'
     where id = (select id from outbound_mail where state = 'pending' and not_before <= now()
                  order by not_before, id limit 1 for update skip locked)
    returning id, recipient, sender, raw, tries`.execute(db);
  return rows[0] ?? null;
}

/** Marks mails whose sender died while sending: they may have left, so nobody sends them again by itself. */
export async function settleInterrupted(db: Executor): Promise<number> {
  const { rows } = await sql`
    update outbound_mail set state = 'unknown', settled_at = now(), answer = 'INTERROMPU'
     where state = 'sending' and lease_until < now() returning id`.execute(db);
  return rows.length;
}

/** Sets down what became of a try. `retryMs` null: no further try, whatever the reason. */
export async function settleMail(
  db: Executor,
  id: string,
  { kind, answer }: MailOutcome,
  retryMs: number | null,
): Promise<void> {
  const state = kind !== 'later' ? kind : retryMs === null ? 'abandoned' : 'pending';
  await sql`
    update outbound_mail
       set state = ${state}, answer = ${answer}, lease_until = null,
           not_before = now() + ${retryMs ?? 0} * interval '1 ms',
           settled_at = case when ${state} = 'pending' then null else now() end
     where id = ${id}::bigint and state = 'sending'`.execute(db);
}

/** Takes note that a mail came back. False when no mail that left bears this identifier. */
export async function noteBounce(db: Executor, messageId: string, status: string): Promise<boolean> {
  const { rows } = await sql`
    update outbound_mail set state = 'bounced', answer = ${status}, settled_at = now()
     where message_id = ${messageId} and state in ('sent', 'unknown', 'bounced') returning id`.execute(db);
  return rows.length > 0;
}

/** A named person's order to send a mail again. */
export interface ResendOrder {
  readonly id: string;
  readonly by: string;
  readonly because: string;
}

/**
 * Puts a mail that did not arrive in the queue again, with all its tries, and journals who wanted it. False when there
 * is no such mail.
 */
export async function resendMail(db: Executor, { id, by, because }: ResendOrder): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      update outbound_mail set state = 'pending', not_before = now(), settled_at = null, tries = 0
       where id = ${id}::bigint and state in ('refused', 'unknown', 'bounced', 'abandoned') returning id`.execute(trx);
    if (rows.length === 0) return false;
    const detail = JSON.stringify({ because });
    await trx
      .insertInto('journal')
      .values({ actor: by, action: 'mail.resend', subject: `mail ${id}`, detail })
      .execute();
    return true;
  });
}

/** A mail as lists show it. */
export interface ListedMail {
  readonly id: string;
  readonly run: string;
  readonly role: string;
  readonly region: string;
  readonly recipient: string;
  readonly state: MailState;
  readonly tries: number;
  readonly answer: string | null;
  /** Instants, ISO 8601. */
  readonly queuedAt: string;
  readonly settledAt: string | null;
}

/** The mails of a run, or of all, the latest first. */
export async function listMails(db: Executor, runId: string | null, limit: number): Promise<readonly ListedMail[]> {
  const { rows } = await sql<ListedMail>`
    select id, run_id as run, role, region, recipient, state, tries, answer,
           to_char(queued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "queuedAt",
           to_char(settled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "settledAt"
      from outbound_mail where ${runId}::bigint is null or run_id = ${runId}::bigint
     order by id desc limit ${limit}`.execute(db);
  return rows;
}
