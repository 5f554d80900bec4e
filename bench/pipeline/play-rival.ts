import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { ended, killed, startChild } from '../chaos/servers/child.ts';
import { familyProcessorMs, processorMs } from './measuring/processor-time.ts';
import type { RivalOrder, RivalReport } from './rivals/rival-process.ts';
import { databaseUrl, type Stage } from './stage.ts';

export interface RivalMeasure {
  readonly people: number;
  readonly seconds: number;
  readonly calls: number;
  /** The rival's own process, ms. */
  readonly workerCpuMs: number;
  readonly postgresCpuMs: number;
  readonly redisCpuMs: number;
  readonly responderCpuMs: number;
}

export interface RivalChoice {
  readonly rival: 'bare-loop' | 'obvious-design';
  readonly scriptFile: string;
  readonly concurrency: number;
  readonly inFlight: number;
  readonly holdMs: number;
}

/** One pass of a rival over the recorded calls, from its first call to its last. */
export async function playRival(stage: Stage, choice: RivalChoice): Promise<RivalMeasure> {
  const durable = choice.rival === 'obvious-design';
  const redis = durable && stage.redis !== null ? new Redis(stage.redis.url) : null;
  await redis?.flushall();
  if (durable) await stage.postgres.rows('create database bench_obvious');
  const order: RivalOrder = {
    scriptFile: choice.scriptFile,
    responderUrl: stage.responder.url,
    concurrency: choice.concurrency,
    inFlight: choice.inFlight,
    databaseUrl: durable ? databaseUrl(stage.postgres, 'bench_obvious') : null,
    redisUrl: durable ? (stage.redis?.url ?? null) : null,
  };
  const child = startChild({
    program: process.execPath,
    // Compiled, beside this file.
    args: [fileURLToPath(new URL(`./rivals/${choice.rival}.js`, import.meta.url)), JSON.stringify(order)],
    env: { ...process.env } as Record<string, string>,
    logFile: join(stage.folder, `${choice.rival}.log`),
    messages: true,
  });
  try {
    const failed = ended(child).then((): never => {
      throw new Error(`${choice.rival} ended: ${stage.folder}`);
    });
    failed.catch(() => undefined); // its end with ours
    await Promise.race([once(child, 'message'), failed]);
    if (durable) await stage.postgres.rows('checkpoint');
    const redisPid = Number(/process_id:(\d+)/.exec((await redis?.info('server')) ?? '')?.[1]);
    const before = await stage.responder.tell({ wish: 'reset', holdMs: choice.holdMs });
    const servers = (): readonly [number, number] => [
      familyProcessorMs(stage.postgresPid),
      redis === null ? 0 : processorMs(redisPid),
    ];
    const [postgres, queue] = servers();
    child.send('go');
    const [report] = (await Promise.race([once(child, 'message'), failed])) as [RivalReport];
    const [postgresAfter, queueAfter] = servers();
    const after = await stage.responder.tell({ wish: 'reset', holdMs: 0 });
    return {
      people: stage.people,
      seconds: report.seconds,
      calls: after.calls - before.calls,
      workerCpuMs: report.cpuMs,
      postgresCpuMs: durable ? postgresAfter - postgres : 0,
      redisCpuMs: queueAfter - queue,
      responderCpuMs: after.cpuMs - before.cpuMs,
    };
  } finally {
    await killed(child);
    redis?.disconnect();
    if (durable) await stage.postgres.rows('drop database bench_obvious with (force)');
  }
}
