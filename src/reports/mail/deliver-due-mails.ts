import type { MailRelay } from '../../domain/mail.ts';
import type { Executor } from '../../store/database.ts';
import { settleInterrupted, settleMail, takeDueMail } from '../../store/mail/outbox.ts';

export interface Delivery {
  /** First pause after a relay could not take a mail; each further one is twice as long. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Tries before a mail is given up, and shown as such. */
  readonly maxTries: number;
  /** Longer than a try can last: whoever holds a mail for longer has died. */
  readonly leaseMs: number;
}

/** Sends what is due until nothing is, or `signal` says stop. Any number of processes may deliver. */
export async function deliverDueMails(
  db: Executor,
  relay: MailRelay,
  delivery: Delivery,
  signal?: AbortSignal,
): Promise<void> {
  await settleInterrupted(db);
  for (;;) {
    if (signal?.aborted) return;
    const mail = await takeDueMail(db, delivery.leaseMs);
    if (!mail) return;
    const outcome = await relay.send(mail.raw, { from: mail.sender, to: mail.recipient });
    await settleMail(db, mail.id, outcome, retryPause(mail.tries, delivery));
  }
}

function retryPause(tries: number, { firstPauseMs, longestPauseMs, maxTries }: Delivery): number | null {
  return tries >= maxTries ? null : Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
}
