/**
 * What comes after a night: its report is written, its mails are queued, and mails that are due leave. PostgreSQL says
 * what is left of it, so that any number of processes may publish and none of it is lost with one of them.
 */
import type { MailRelay } from '../src/domain/mail.ts';
import { deliverDueMails, type Delivery } from '../src/reports/mail/deliver-due-mails.ts';
import type { Executor } from '../src/store/database.ts';
import { withPublishedRun } from '../src/store/report/publication.ts';
import { lookRepeatedly, type RepeatedLook } from './look-repeatedly.ts';

export interface PublisherOptions {
  readonly db: Executor;
  /** Writes a run's report and queues its mails. */
  readonly publish: (runId: string) => Promise<void>;
  /** Queues mails about runs that stopped for a person. */
  readonly announceStops?: () => Promise<unknown>;
  /** Null: mails wait. */
  readonly relay: MailRelay | null;
  readonly delivery: Delivery;
  readonly intervalMs: number;
  readonly onError: (error: Error) => void;
}

/** Starts looking, at once and then at every interval. What fails is reported and tried at the next look. */
export function startPublisher(options: PublisherOptions): RepeatedLook {
  const looking = lookRepeatedly((closing) => publishOnce(options, closing), options);
  return {
    async close() {
      await looking.close();
      options.relay?.close();
    },
  };
}

/** One look: publishes what is closed, then sends what is due. A report that fails does not hold the mails up. */
export async function publishOnce(
  { db, publish, announceStops, relay, delivery }: Omit<PublisherOptions, 'intervalMs' | 'onError'>,
  signal?: AbortSignal,
): Promise<void> {
  const failure = await Promise.all([withPublishedRun(db, publish), announceStops?.()]).then(
    () => null,
    (error: unknown) => error as Error,
  );
  if (relay) await deliverDueMails(db, relay, delivery, signal);
  if (failure) throw failure;
}
