import { Redis } from 'ioredis';
import { openQueue } from '../../jobs/queues.ts';
import { playNight, type NightMeasure } from '../pipeline/play-night.ts';
import { openStage, type Stage } from '../pipeline/stage.ts';
import type { Collected } from './collected.ts';

/** Jobs a queue holds at most in production. */
const WINDOW = 5_000;

/** Part f: what a worker and Redis hold while nights of these sizes go through, one after the other; `say` hears of each. */
export async function memoryPart(
  sizes: readonly number[],
  measured: Stage,
  found: Collected,
  say: (text: string) => void,
): Promise<void> {
  if (measured.redis !== null) await waitingHouseholds(measured.redis.url, found);
  for (const people of sizes) {
    if (found.rssByPeople[people] !== undefined) continue;
    const stage = people === measured.people ? measured : await openStage({ people, seed: 'bench' });
    try {
      const night = await playNight(stage, {
        backend: stage.redis === null ? 'postgres' : 'redis',
        workers: 1,
        holdMs: 0,
      });
      if (!night.balanced) throw new Error('the sums of a night of the bench do not hold');
      found.addRss(people, night.workerRssMiB);
      found.add('redisPeakMiB', night.redisPeakMiB);
      say(toldOf(night));
    } finally {
      if (stage !== measured) await stage.close();
    }
  }
}

function toldOf(night: NightMeasure): string {
  const whole = (number: number): string => number.toLocaleString('en', { maximumFractionDigits: 0 });
  return (
    `f: ${whole(night.people)} people of ${whole(night.households)} households: ${whole(night.covered)} covered, ` +
    `sums hold, ${whole(night.calls)} calls, ${whole(night.seconds)} s of which ${whole(night.verifySeconds)} s ` +
    `verification, worker ${whole(night.workerRssMiB)} MiB, Redis ${night.redisPeakMiB.toFixed(1)} MiB`
  );
}

/** A full window of households that wait, by the product's own offer, against a queue with one. */
async function waitingHouseholds(url: string, found: Collected): Promise<void> {
  const redis = new Redis(url);
  await redis.flushall();
  await offered(url, 0, 1);
  const one = await usedMemory(redis);
  await offered(url, 1, WINDOW);
  found.add('redisBytesPerHousehold', ((await usedMemory(redis)) - one) / (WINDOW - 1));
  await redis.flushall();
  redis.disconnect();
}

/** The connection is closed before memory is read: what Redis keeps ready for a client is no household's. */
async function offered(url: string, from: number, to: number): Promise<void> {
  const queue = openQueue({ kind: 'redis', url, prefix: 'bench' }, 'verify', () => undefined);
  // Ids as long as those of a country's households in their second campaign.
  const ids = Array.from({ length: to - from }, (_, index) => String(1_000_000 + from + index));
  await queue.offer(ids.map((id) => ({ id, version: '3' })));
  await queue.close();
}

async function usedMemory(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
}
