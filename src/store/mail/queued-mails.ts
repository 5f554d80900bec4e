import type { Executor } from '../database.ts';

/** A queued mail as it will leave. */
export interface WrittenMail {
  readonly role: string;
  readonly region: string;
  readonly raw: Buffer;
}

/** The mails of a run in the order of their queueing. */
export async function queuedMails(db: Executor, runId: string): Promise<readonly WrittenMail[]> {
  return db
    .selectFrom('outbound_mail')
    .select(['role', 'region', 'raw'])
    .where('run_id', '=', runId)
    .orderBy('id')
    .execute();
}
