/**
 * The queues. A job says only "look at household N": no name, no number, no state travels through a queue, and losing
 * all of them costs one pass of the sweeper.
 */
import { createPostgresBackend, Queue, withBackend } from 'bullmq';
import { connectBackend, type PostgresBackend, type QueueBackend, type RedisBackend } from './queue-backend.ts';

/** One queue for each kind of job. */
export const QUEUE_NAMES = ['verify', 'register', 'reconcile'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** All a job carries: the internal id of a household or a run. */
export interface JobData {
  readonly id: string;
}

/** A job to be offered. */
export interface Offer {
  readonly id: string;
  /**
   * What an offer of the same id must share to count as the same job: for a household its fence. The job of a dead worker
   * stays `active` until the queue notices, a minute later; once the lease is over the household has another fence, and is
   * taken up at once by whoever looks next.
   */
  readonly version: string;
  /** Goes ahead of all that waits: somebody of the staff does. */
  readonly first?: boolean;
}

export interface JobQueue {
  /** Offers jobs; one that waits or runs already in the same version is ignored. */
  offer(jobs: readonly Offer[]): Promise<void>;
  /** Jobs that wait or run. */
  backlog(): Promise<number>;
  close(): Promise<void>;
}

// Nobody listens to the events of the queues; the last ten thousand of them, as BullMQ keeps them, would take 100 bytes of
// Redis for every household that waits.
const NO_EVENTS = { events: { maxLen: 0 } };

// 500–1 000 jobs an addBulk: 10 000 at once block Redis for 0.4 s.
const OFFER_AT_ONCE = 500;

/** Opens a queue for offering. Errors of the connection go to `onError`; BullMQ reconnects by itself. */
export function openQueue(backend: QueueBackend, name: QueueName, onError: (error: Error) => void): JobQueue {
  return backend.kind === 'redis' ? onRedis(backend, name, onError) : onPostgres(backend, name, onError);
}

function onRedis(backend: RedisBackend, name: QueueName, onError: (error: Error) => void): JobQueue {
  // A producer fails fast: the sweeper offers again on its next look.
  const connection = connectBackend(backend, { maxRetriesPerRequest: 3, commandTimeout: 5_000 });
  connection.on('error', onError);
  // The braces keep all keys of a queue on one node of a Redis Cluster.
  const queue = new Queue<JobData>(name, { connection, prefix: `{${backend.prefix}}`, streams: NO_EVENTS });
  queue.on('error', onError);
  return {
    ...offering(name, queue),
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}

const { Queue: PostgresQueue } = withBackend(createPostgresBackend);

function onPostgres(backend: PostgresBackend, name: QueueName, onError: (error: Error) => void): JobQueue {
  const queue = new PostgresQueue<JobData>(name, { connection: postgresConnection(backend) });
  queue.on('error', onError);
  return { ...offering(name, queue), close: () => queue.close() };
}

/**
 * Connection options of BullMQ on PostgreSQL; its tables live in a schema of their own and are made on first use.
 *
 * Every opening of a queue looks after the tables in one transaction, which locks out whoever opens another. A process
 * that is stopped in the middle of it would stop every start and every watchdog for as long as it sleeps: the server
 * parts it from its lock after a few seconds, and it connects again on waking.
 */
export function postgresConnection({ url, schema }: PostgresBackend): {
  connectionString: string;
  schema: string;
  migrate: boolean;
  max: number;
  keepAlive: boolean;
  idle_in_transaction_session_timeout: number;
  lock_timeout: number;
} {
  return {
    connectionString: url,
    schema,
    migrate: true,
    max: 4,
    keepAlive: true,
    idle_in_transaction_session_timeout: LONGEST_HOLD_MS,
    lock_timeout: LONGEST_WAIT_MS,
  };
}

/** Between two statements of one transaction, in which a process does nothing else. */
const LONGEST_HOLD_MS = 5_000;
/** For a lock; more than whoever holds it may sleep. */
const LONGEST_WAIT_MS = 30_000;

type Offerable = Pick<Queue<JobData>, 'getJobCounts'> & {
  addBulk(jobs: { name: string; data: JobData; opts: { jobId: string; lifo?: true } }[]): Promise<unknown>;
};

function offering(name: QueueName, queue: Offerable): Pick<JobQueue, 'offer' | 'backlog'> {
  return {
    async offer(jobs) {
      for (let at = 0; at < jobs.length; at += OFFER_AT_ONCE) {
        const chunk = jobs.slice(at, at + OFFER_AT_ONCE);
        // Only `jobId` as an option: retention or attempts here would treble what a waiting job costs Redis. An id stands
        // four times in it, so it is short; ids of two queues never meet, and a whole number alone would be refused.
        await queue.addBulk(
          chunk.map(({ id, version, first = false }) => ({
            name,
            data: { id },
            // A job of its own: the household's other may wait behind thousands. Claims decide who works.
            opts: first ? { jobId: `f${id}-${version}`, lifo: true } : { jobId: `${id}-${version}` },
          })),
        );
      }
    },
    async backlog() {
      const counts = await queue.getJobCounts('wait', 'active', 'prioritized');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
  };
}
