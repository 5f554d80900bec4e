import { afterEach, describe, expect, it } from '@jest/globals';
import { watchOn, type WatchdogOptions } from '../../jobs/watchdog.ts';
import { openInstallation, type Installation } from '../pipeline/installation.ts';
import { openRunOf } from '../pipeline/night.ts';
import { village, villager } from '../pipeline/village.ts';
import { startRedis, hasRedis, type TestRedis } from '../support/redis.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

const PERIOD = 120_000;

/** A worker and a clock that do as they are told, and what the watchdog made of them. */
function watched() {
  const world = { now: 0, started: 0, busy: false, due: true as boolean | 'away' };
  const events: string[] = [];
  const worker = { started: () => world.started, isBusy: () => world.busy, recreate: () => void events.push('new') };
  const options: WatchdogOptions = {
    workers: { verify: worker, register: worker },
    isDue: () => (world.due === 'away' ? Promise.reject(new Error('no database')) : Promise.resolve(world.due)),
    clock: { now: () => new Date(0), monotonicMs: () => world.now },
    periodMs: PERIOD,
    onRecreated: () => undefined,
    onStuck: () => void events.push('stuck'),
  };
  const look = watchOn(options, 'register');
  const after = async (ms: number): Promise<readonly string[]> => {
    world.now += ms;
    await look();
    return events;
  };
  return { world, after };
}

describe('the watchdog', () => {
  it('makes a silent worker anew after a period, and gives up after another', async () => {
    const { after } = watched();
    expect(await after(PERIOD - 1)).toEqual([]);
    expect(await after(1)).toEqual(['new']);
    expect(await after(PERIOD - 1)).toEqual(['new']);
    expect(await after(1)).toEqual(['new', 'stuck']);
  });

  it('begins anew with the first job of the new worker', async () => {
    const { world, after } = watched();
    await after(PERIOD);
    world.started += 1;
    await after(PERIOD);
    expect(await after(PERIOD - 1)).toEqual(['new']);
    expect(await after(1)).toEqual(['new', 'new']);
  });

  it.each([
    ['nothing is due', { due: false }],
    ['a job is in hand', { busy: true }],
    ['Postgres cannot say what is due', { due: 'away' as const }],
  ])('leaves a worker alone while %s', async (_what, state) => {
    const { world, after } = watched();
    Object.assign(world, state);
    for (let periods = 0; periods < 5; periods++) expect(await after(PERIOD)).toEqual([]);
    Object.assign(world, { due: true, busy: false });
    expect(await after(PERIOD - 1)).toEqual([]);
  });
});

(hasRedis() ? describe : describe.skip)('a process whose Redis is frozen', () => {
  let installation: Installation;
  let redis: TestRedis;
  let worker: WorkerProcess | null = null;
  afterEach(async () => {
    redis.thaw();
    await worker?.kill();
    await installation.close();
    await redis.stop();
  });

  it('says so and ends with status 1, for its supervisor', async () => {
    redis = await startRedis();
    installation = await openInstallation({
      village: village([villager({ household: 'SN-0001', number: 1, givenNames: 'Moussa', familyName: 'NDIAYE' })]),
      settings: { REDIS_URL: redis.url, PNBSF_WATCHDOG_MS: '1000', PNBSF_LOG: 'warn' },
    });
    worker = startWorkerProcess(installation);
    await worker.ready();
    redis.freeze();
    await openRunOf(installation);
    expect(await worker.ended()).toBe(1);
    expect(worker.said()).toContain('WORKER_DEAF');
    expect(worker.said()).toContain('WORKER_STUCK');
    expect(worker.said()).toContain('arrêt, pour redémarrage');
  }, 120_000);
});
