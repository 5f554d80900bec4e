/**
 * The alarm clock of the night: a BullMQ job scheduler, with its zone written out. Its job says "look", no more: which
 * night that is, and whether it was held already, stands in PostgreSQL. A queue that lost its scheduler is given it anew
 * at the next look, and a night whose alarm was missed is found by that look.
 */
import { createPostgresBackend, Queue, withBackend } from 'bullmq';
import type { NightTimes } from '../src/pipeline/night/due-night.ts';
import { connectBackend, type QueueBackend } from './queue-backend.ts';
import { postgresConnection, type JobData } from './queues.ts';

export const NIGHT_QUEUE = 'night';

/** An open queue with its job scheduler. */
export interface NightQueue {
  /** Sets the alarm where it is missing or rings at another hour. True when it had to. */
  setAlarm(times: NightTimes): Promise<boolean>;
  /** When the alarm rings next, milliseconds since 1970; null without one. */
  nextAlarm(): Promise<number | null>;
  /** Rings now: whoever schedules looks at once. */
  ring(): Promise<void>;
  close(): Promise<void>;
}

const { Queue: PostgresQueue } = withBackend(createPostgresBackend);

/** Opens it. Errors of the connection go to `onError`; BullMQ reconnects by itself. */
export function openNightQueue(backend: QueueBackend, onError: (error: Error) => void): NightQueue {
  if (backend.kind === 'postgres') {
    const queue = new PostgresQueue<JobData>(NIGHT_QUEUE, { connection: postgresConnection(backend) });
    queue.on('error', onError);
    return { ...alarm(queue), close: () => queue.close() };
  }
  const connection = connectBackend(backend, { maxRetriesPerRequest: 3, commandTimeout: 5_000 });
  connection.on('error', onError);
  const queue = new Queue<JobData>(NIGHT_QUEUE, { connection, prefix: `{${backend.prefix}}` });
  queue.on('error', onError);
  return {
    ...alarm(queue),
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}

interface Schedulable {
  getJobScheduler(
    id: string,
  ): Promise<{ readonly pattern?: string; readonly tz?: string; readonly next?: number } | undefined>;
  add(name: string, data: JobData): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { pattern: string; tz: string },
    template: { name: string; data: JobData },
  ): Promise<unknown>;
}

function alarm(queue: Schedulable): Omit<NightQueue, 'close'> {
  return {
    async setAlarm({ at, timeZone }) {
      const [hour = '', minute = ''] = at.split(':');
      const pattern = `${Number(minute)} ${Number(hour)} * * *`;
      const set = await queue.getJobScheduler(NIGHT_QUEUE);
      if (set?.pattern === pattern && set.tz === timeZone && set.next !== undefined) return false;
      await queue.upsertJobScheduler(
        NIGHT_QUEUE,
        { pattern, tz: timeZone },
        { name: NIGHT_QUEUE, data: { id: NIGHT_QUEUE } },
      );
      return true;
    },
    async ring() {
      await queue.add(NIGHT_QUEUE, { id: NIGHT_QUEUE });
    },
    async nextAlarm() {
      return (await queue.getJobScheduler(NIGHT_QUEUE))?.next ?? null;
    },
  };
}
