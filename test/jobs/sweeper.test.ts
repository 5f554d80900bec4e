import { afterEach, describe, expect, it } from '@jest/globals';
import { openQueue, type JobQueue } from '../../jobs/queues.ts';
import { startSweeper } from '../../jobs/sweeper.ts';
import { startWorker } from '../../jobs/worker.ts';
import { staffWorkOf } from '../../src/pipeline/review/take-up-staff-work.ts';
import { openInstallation, RUN_DATE, type Installation } from '../pipeline/installation.ts';
import { openRunOf } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { until } from '../support/until.ts';

let installation: Installation;
afterEach(() => installation.close());

describe('the sweeper', () => {
  it('offers the household of a dead worker ahead of all that waits', async () => {
    const people = [1, 2, 3, 4].map((number) =>
      villager({ household: `SN-000${number}`, number: 1, givenNames: 'Awa', familyName: 'FALL' }),
    );
    installation = await openInstallation({ village: village(people) });
    await openRunOf(installation);
    const ids = (
      await installation.rows<{ id: string }>('select household_id as id from household_work order by 1')
    ).map(({ id }) => id);
    const backend = { kind: 'postgres', url: installation.database.url, schema: 'bullmq' } as const;
    const open = (name: 'verify' | 'register' | 'reconcile'): JobQueue => openQueue(backend, name, () => undefined);
    const queues = { verify: open('verify'), register: open('register'), reconcile: open('reconcile') };
    const { context } = installation;
    const lookOnce = async (wanted: number): Promise<void> => {
      const sweeper = startSweeper({
        db: context.db,
        queues,
        window: 100,
        intervalMs: 60_000,
        lookoutMs: 60_000,
        clock: context.clock,
        staffWork: staffWorkOf(context, () => RUN_DATE),
        brake: null,
        onError: (error) => {
          throw error;
        },
      });
      await until('the look is over', async () => (await queues.verify.backlog()) === wanted);
      await sweeper.close();
    };
    await lookOnce(4);
    // The worker of the last household dies; its lease runs out.
    await installation.rows(
      `update household_work set fence = fence + 1, owner = 'dead', lease_until = now() - interval '1 second'
        where household_id = $1`,
      [ids[3]],
    );
    await lookOnce(6);

    const taken: string[] = [];
    const worker = startWorker(
      backend,
      'verify',
      { concurrency: 1, stalledIntervalMs: 60_000, onError: () => undefined, onFailure: () => undefined },
      (id) => Promise.resolve(void taken.push(id)),
    );
    await until('all jobs are taken', () => Promise.resolve(taken.length === 6));
    await worker.close();
    await Promise.all(Object.values(queues).map((queue) => queue.close()));
    expect(taken[0]).toBe(ids[3]);
    expect(new Set(taken).size).toBe(4);
  }, 60_000);
});
