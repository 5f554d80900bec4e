/** One pass: a whole night of the product on a fresh copy of the imported database, from its order to its closing. */
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { openDatabase, type Database } from '../../src/store/database.ts';
import { runSummary } from '../../src/store/run/run-summary.ts';
import { startRun } from '../../src/store/run/start-run.ts';
import { productEnvironment } from '../chaos/product.ts';
import { ended, killed, startChild } from '../chaos/servers/child.ts';
import { familyProcessorMs, peakMiB, processorMs } from './measuring/processor-time.ts';
import { CAMPAIGN, type Stage } from './stage.ts';

export interface NightOrder {
  readonly backend: 'redis' | 'postgres';
  readonly workers: number;
  /** How long the partners take over each answer, ms. */
  readonly holdMs: number;
  /** Settings of the product beside those every pass has. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Words of `node` for the workers, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
  /** Called at the end, before the database goes. */
  readonly atEnd?: (database: Database, runId: string) => Promise<void>;
}

export interface NightMeasure {
  readonly people: number;
  readonly households: number;
  /** `enrolled`, `renewed` or `already-enrolled` at the end. */
  readonly covered: number;
  readonly balanced: boolean;
  readonly calls: number;
  /** From the order to the closing, by the database's clock. */
  readonly seconds: number;
  /** Until everybody was verified. */
  readonly verifySeconds: number;
  /** All workers together, ms. */
  readonly workerCpuMs: number;
  readonly postgresCpuMs: number;
  /** 0 on the PostgreSQL backend. */
  readonly redisCpuMs: number;
  readonly responderCpuMs: number;
  /** Largest of one worker. */
  readonly workerRssMiB: number;
  readonly redisPeakMiB: number;
}

/** A sweep every so often: with a second, as in production, a night of seconds would measure waiting for it. */
const SWEEP_MS = 50;
const LOOK_MS = 20;
const PROCESS = fileURLToPath(new URL('./worker-process.js', import.meta.url));

/** Plays it; throws when the night does not close. */
export async function playNight(stage: Stage, order: NightOrder): Promise<NightMeasure> {
  const copy = await stage.copy();
  const redisUrl = order.backend === 'redis' ? (stage.redis?.url ?? null) : null;
  const redis = redisUrl === null ? null : new Redis(redisUrl);
  const database = openDatabase({
    url: copy.url,
    poolSize: 2,
    statementTimeoutMs: 600_000,
    applicationName: 'bench',
    onIdleError: () => undefined,
  });
  try {
    await redis?.flushall();
    const workers = await startWorkers(stage, order, copy.url, redisUrl);
    try {
      return await measured(stage, order, { database, redis, pids: workers.pids });
    } finally {
      await workers.stop();
    }
  } finally {
    redis?.disconnect();
    await database.close();
    await copy.drop();
  }
}

interface Watched {
  readonly database: Database;
  readonly redis: Redis | null;
  readonly pids: readonly number[];
}

async function measured(stage: Stage, order: NightOrder, watched: Watched): Promise<NightMeasure> {
  const { database, redis, pids } = watched;
  const redisPid = Number(await redisInfo(redis, 'server', 'process_id'));
  const responder = await stage.responder.tell({ wish: 'reset', holdMs: order.holdMs });
  const cpu = (): Record<'worker' | 'postgres' | 'redis', number> => ({
    worker: pids.reduce((sum, pid) => sum + processorMs(pid), 0),
    postgres: familyProcessorMs(stage.postgresPid),
    redis: redis === null ? 0 : processorMs(redisPid),
  });
  const before = cpu();
  const { runId } = await startRun(database.db, {
    runDate: stage.asOf,
    campaign: CAMPAIGN,
    patienceMs: 600_000,
    batchId: null,
    startedBy: 'bench',
  });
  const times = await closedRun(database, runId);
  const after = cpu();
  // Everything it was told before has been done when it answers; holding ends here.
  const answered = await stage.responder.tell({ wish: 'reset', holdMs: 0 });
  const summary = await runSummary(database.db, runId);
  if (summary === null) throw new Error('the run is gone');
  const { outcomes } = summary;
  await order.atEnd?.(database, runId);
  return {
    people: summary.people,
    households: summary.households,
    covered: outcomes.enrolled + outcomes.renewed + outcomes['already-enrolled'],
    balanced: summary.balanced,
    calls: answered.calls - responder.calls,
    ...times,
    workerCpuMs: after.worker - before.worker,
    postgresCpuMs: after.postgres - before.postgres,
    redisCpuMs: after.redis - before.redis,
    responderCpuMs: answered.cpuMs - responder.cpuMs,
    workerRssMiB: Math.max(...pids.map(peakMiB)),
    redisPeakMiB: Number(await redisInfo(redis, 'memory', 'used_memory_peak')) / 2 ** 20,
  };
}

/** Waits for the end. A run that stops for a person or hangs is an error. */
async function closedRun({ pool }: Database, runId: string): Promise<Pick<NightMeasure, 'seconds' | 'verifySeconds'>> {
  const verified = performance.now();
  let verifyMs = Number.NaN;
  for (;;) {
    const { rows } = await pool.query<{ state: string; seconds: number | null }>(
      'select state, extract(epoch from closed_at - started_at)::float8 as seconds from run where id = $1',
      [runId],
    );
    const { state = 'gone', seconds = null } = rows[0] ?? {};
    if (Number.isNaN(verifyMs) && state !== 'verifying') verifyMs = performance.now() - verified;
    if (seconds !== null) return { seconds, verifySeconds: verifyMs / 1_000 };
    if (!['verifying', 'registering', 'reconciling'].includes(state)) throw new Error(`the run is ${state}`);
    await pause(LOOK_MS);
  }
}

async function redisInfo(redis: Redis | null, section: string, field: string): Promise<string> {
  const info = (await redis?.info(section)) ?? '';
  return new RegExp(`^${field}:(\\S+)`, 'm').exec(info)?.[1] ?? '0';
}

interface Workers {
  readonly pids: readonly number[];
  readonly stop: () => Promise<void>;
}

/** A worker that has not ended by then is killed. */
const PATIENCE_MS = 10_000;

async function startWorkers(
  stage: Stage,
  order: NightOrder,
  databaseUrl: string,
  redisUrl: string | null,
): Promise<Workers> {
  const env = productEnvironment({
    DATABASE_URL: databaseUrl,
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
    XROAD_SECURITY_SERVERS: stage.responder.url,
    PNBSF_CAMPAIGN: CAMPAIGN,
    PNBSF_DATA: join(stage.folder, 'data'),
    PNBSF_LOG: 'warn',
    PNBSF_SWEEP_MS: String(SWEEP_MS),
    ...order.settings,
  });
  const children = Array.from({ length: order.workers }, (_, index) =>
    startChild({
      program: process.execPath,
      args: [...(order.nodeOptions ?? []), PROCESS],
      env,
      logFile: join(stage.folder, `worker-${index + 1}.log`),
      messages: true,
    }),
  );
  await Promise.all(
    children.map((child) =>
      Promise.race([
        once(child, 'message'),
        ended(child).then(() => {
          throw new Error(`a worker ended: ${stage.folder}`);
        }),
      ]),
    ),
  );
  return {
    pids: children.map(({ pid }) => pid ?? 0),
    async stop() {
      for (const child of children) child.kill('SIGTERM');
      await Promise.all(
        children.map(async (child) => {
          await Promise.race([ended(child), pause(PATIENCE_MS, undefined, { ref: false })]);
          await killed(child);
        }),
      );
    },
  };
}
