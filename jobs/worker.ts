import { createPostgresBackend, withBackend, Worker, type Processor } from 'bullmq';
import type { JobWork } from './household-job.ts';
import { connectBackend, type QueueBackend } from './queue-backend.ts';
import { postgresConnection, type JobData, type QueueName } from './queues.ts';

/** The queues workers listen to: those of the steps, and the alarm of the night. */
export type WorkedQueue = QueueName | 'night';

export interface WorkerSettings {
  readonly concurrency: number;
  /** How often jobs of dead workers are looked for; leases in Postgres decide when they may run again. */
  readonly stalledIntervalMs: number;
  /** Trouble with the queue itself. */
  readonly onError: (error: Error) => void;
  /** A job failed; its id is a household's or a run's. */
  readonly onFailure: (name: WorkedQueue, id: string, error: Error) => void;
}

export interface JobWorker {
  /** Fetches no more; the jobs in hand go on. */
  pause(): Promise<void>;
  /** Fetches no more, lets the jobs in hand end, then resolves. */
  close(): Promise<void>;
  /** Lets go of a worker that is deaf: its connections are closed, nothing is waited for. */
  abandon(): void;
}

const { Worker: PostgresWorker } = withBackend(createPostgresBackend);

/**
 * Runs the jobs of one queue until closed. A job that fails is gone from the queue: the sweeper offers its household
 * again when its lease is over, which is the only retry there is.
 */
export function startWorker(
  backend: QueueBackend,
  name: WorkedQueue,
  settings: WorkerSettings,
  work: JobWork,
): JobWorker {
  // BullMQ hands the abort signal only to a processor that declares three parameters.
  const processor: Processor<JobData> = async (job, _token, signal) => {
    await work(job.data.id, signal);
  };
  const options = {
    concurrency: settings.concurrency,
    // Nothing is kept: adding the id of a kept job again resolves and runs nothing. History lives in Postgres.
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    // With the default of 1 a second crash fails a job without running it; attempts are counted in Postgres.
    maxStalledCount: 1_000,
    stalledInterval: settings.stalledIntervalMs,
    // A job whose lock was not renewed for two looks is another's: 30 s in production, as BullMQ has it.
    lockDuration: 2 * settings.stalledIntervalMs,
  };
  if (backend.kind === 'postgres') {
    const worker = new PostgresWorker<JobData>(name, processor, {
      ...options,
      connection: postgresConnection(backend),
    });
    return watched(worker, name, settings);
  }
  // A worker waits for Redis as long as it takes: BullMQ insists on unlimited retries here.
  const connection = connectBackend(backend, { maxRetriesPerRequest: null });
  connection.on('error', () => undefined); // reported once, by the worker
  const worker = watched(
    new Worker<JobData>(name, processor, { ...options, connection, prefix: `{${backend.prefix}}` }),
    name,
    settings,
  );
  return {
    pause: () => worker.pause(),
    async close() {
      await worker.close();
      connection.disconnect();
    },
    abandon() {
      worker.abandon();
      connection.disconnect();
    },
  };
}

interface Watchable {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: { data: JobData } | undefined, error: Error) => void): unknown;
  on(event: 'lockRenewalFailed', listener: (jobIds: string[]) => void): unknown;
  cancelJob(jobId: string): boolean;
  pause(doNotWaitActive: boolean): Promise<void>;
  close(force?: boolean): Promise<void>;
}

function watched(worker: Watchable, name: WorkedQueue, { onError, onFailure }: WorkerSettings): JobWorker {
  worker.on('error', onError);
  worker.on('failed', (job, error) => onFailure(name, job?.data.id ?? '', error));
  // Another worker may have the job by now. Its writes are fenced; what is left is to stop spending on it.
  worker.on('lockRenewalFailed', (jobIds) => jobIds.forEach((id) => worker.cancelJob(id)));
  return {
    pause: () => worker.pause(true),
    close: () => worker.close(),
    // It may not be able to close in order, which is why it is let go.
    abandon: () => void worker.close(true).catch(onError),
  };
}
