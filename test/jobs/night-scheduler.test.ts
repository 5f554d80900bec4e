import { afterEach, describe, expect, it } from '@jest/globals';
import { openNightQueue } from '../../jobs/night-queue.ts';
import type { QueueBackend } from '../../jobs/queue-backend.ts';
import { startScheduler } from '../../jobs/scheduler.ts';
import { createTestDatabase } from '../support/database.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const DAKAR = { at: '02:00', timeZone: 'Africa/Dakar' };
const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

type Opening = readonly [string, () => Promise<QueueBackend>];
const BACKENDS: readonly Opening[] = [
  [
    'PostgreSQL',
    async () => {
      const database = await createTestDatabase();
      ending.push(() => database.close());
      return { kind: 'postgres', url: database.url, schema: 'bullmq' };
    },
  ],
  ...(hasRedis()
    ? ([
        [
          'Redis',
          async () => {
            const redis = await startRedis();
            ending.push(() => redis.stop());
            return { kind: 'redis', url: redis.url, prefix: 'night' };
          },
        ],
      ] satisfies Opening[])
    : []),
];

describe.each(BACKENDS)('the alarm on %s', (_, open) => {
  it('rings at the hour in the zone, is set once, and is set anew for another hour', async () => {
    const backend = await open();
    const errors: Error[] = [];
    const queue = openNightQueue(backend, (error) => errors.push(error));
    ending.push(() => queue.close());
    expect(await queue.setAlarm(DAKAR)).toBe(true);
    expect(await queue.setAlarm(DAKAR)).toBe(false);
    const at = async (): Promise<string> => new Date((await queue.nextAlarm()) ?? 0).toISOString().slice(11, 19);
    expect(await at()).toBe('02:00:00');
    expect(await queue.setAlarm({ at: '23:30', timeZone: 'Asia/Tokyo' })).toBe(true);
    // Tokyo has no summer time: 23:30 there is 14:30 UTC all year.
    expect(await at()).toBe('14:30:00');
    expect(errors).toEqual([]);
  });

  it('is set by the scheduler, which looks at once and when the alarm rings', async () => {
    const backend = await open();
    let looks = 0;
    const failures: Error[] = [];
    // An alarm that rings within the minute would make the test wait; a job of the alarm's kind is what it leaves.
    const scheduler = startScheduler({
      backend,
      times: DAKAR,
      look: () => {
        looks += 1;
        return looks === 1 ? Promise.reject(new Error('away')) : Promise.resolve();
      },
      intervalMs: 3_600_000,
      stalledIntervalMs: 15_000,
      onError: (error) => failures.push(error),
    });
    ending.push(() => scheduler.close());
    const queue = openNightQueue(backend, () => undefined);
    ending.push(() => queue.close());
    await until('the alarm is set', async () => (await queue.nextAlarm()) !== null);
    expect(looks).toBe(1);
    await queue.ring();
    await until('the alarm is heard', () => Promise.resolve(looks === 2));
    expect(failures.map(({ message }) => message)).toEqual(['away']);
  });
});
