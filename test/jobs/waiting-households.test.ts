import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openQueue, type JobQueue } from '../../jobs/queues.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';

const WINDOW = 2_000;
const MOST_BYTES = 300;

const withRedis = hasRedis() ? describe : describe.skip;
withRedis('households that wait in Redis', () => {
  let redis: TestRedis;
  let queue: JobQueue;
  beforeAll(async () => {
    redis = await startRedis();
    queue = openQueue({ kind: 'redis', url: redis.url, prefix: 'essai' }, 'verify', (error) => {
      throw error;
    });
  });
  afterAll(async () => {
    await queue.close();
    await redis.stop();
  });

  const memory = async (): Promise<number> =>
    Number(/used_memory:(\d+)/.exec(await redis.client.info('memory'))?.[1] ?? Number.NaN);
  const households = (from: number, to: number): { id: string; version: string }[] =>
    Array.from({ length: to - from }, (_, index) => ({ id: String(4_000_000 + from + index), version: '12' }));

  it(`take at most ${MOST_BYTES} bytes each`, async () => {
    await queue.offer(households(0, 500));
    const before = await memory();
    await queue.offer(households(500, 500 + WINDOW));
    const bytes = ((await memory()) - before) / WINDOW;
    expect(await queue.backlog()).toBe(500 + WINDOW);
    expect(bytes).toBeGreaterThan(50);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  });

  it('are one job for each fence, and one more for what staff did, which goes first', async () => {
    await redis.client.flushall();
    const [one] = households(0, 1);
    if (one === undefined) throw new Error('nobody');
    await queue.offer([one, one]);
    await queue.offer([{ ...one, version: '13' }]);
    await queue.offer([{ ...one, first: true }]);
    await queue.offer([{ ...one, first: true }]);
    expect(await redis.client.lrange('{essai}:verify:wait', 0, -1)).toEqual([
      '4000000-13',
      '4000000-12',
      'f4000000-12',
    ]);
  });
});
