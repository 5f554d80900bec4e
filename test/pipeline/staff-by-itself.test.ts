import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { openInstallation, type Installation, type InstallationOptions } from './installation.ts';
import { carriedOut, night, outcomes } from './night.ts';
import { confirm, orderAgain } from './staff.ts';
import { village, villager } from './village.ts';

const people = [
  villager({ household: 'SN-0001', number: 1, givenNames: 'Moussa', familyName: 'NDIAYE', card: null }),
  villager({ household: 'SN-0002', number: 1, givenNames: 'Awa', familyName: 'SOW', sex: 'F', card: null }),
];

let installation: Installation;
let worker: ChildProcess | null = null;
let redis: TestRedis | null = null;
beforeAll(async () => {
  redis = hasRedis() ? await startRedis() : null;
});
afterAll(() => redis?.stop());
afterEach(async () => {
  worker?.kill('SIGKILL');
  worker = null;
  await installation.close();
});

async function doubted(options: Partial<InstallationOptions> = {}): Promise<void> {
  installation = await openInstallation({ village: village(people), ...options });
  await night(installation);
}

const closedStaffRuns = (): Promise<object[]> =>
  installation.rows(`select 1 from run where kind = 'staff' and state = 'closed'`);

describe('with a process at work and no run open', () => {
  it.each(['postgres', 'redis'])(
    'a confirmed person is registered, a reprocessed one looked at again: %s',
    async (kind) => {
      if (kind === 'redis' && redis === null) return; // hasRedis has said so
      await doubted({ settings: kind === 'redis' && redis ? { REDIS_URL: redis.url } : {} });
      const work = await installation.app.startWork();
      try {
        await confirm(installation, 'SN-0001/1');
        await orderAgain(installation, { personRef: 'SN-0002/1' });
        await until('staff work is done', async () => {
          const open = await installation.rows(`select 1 from enrolment where staff_since is not null
          union all select 1 from run where state <> 'closed'
          union all select 1 from reprocess_item where queued_at is null`);
          return open.length === 0 && (await closedStaffRuns()).length > 0;
        });
      } finally {
        await work.close();
      }
      expect(await outcomes(installation)).toMatchObject({
        'SN-0001/1': 'enrolled',
        'SN-0002/1': expect.stringContaining('needs-review'),
      });
      expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
      const asked = await installation.rows(`select 1 from attempt a join enrolment e on e.id = a.enrolment_id
      join person p on p.id = e.person_id where p.ref = 'SN-0002/1' and a.operation = 'cover'`);
      expect(asked.length).toBe(2);
    },
    60_000,
  );
});

describe('a process killed between the decision and the registration', () => {
  const lost: FaultRule = {
    service: 'sigicmu',
    operation: 'enregistrerAdhesion',
    rate: 1,
    when: 'after',
    attempts: 'first',
    fault: { kind: 'transport', failure: 'never-answer' },
  };

  it('is followed by another, and the person is registered once', async () => {
    await doubted({
      sandbox: { faults: [lost], capabilities: { idempotencyKey: false, searchByReference: true } },
      settings: { XROAD_WRITE_MS: '900', PNBSF_SETTLE_MS: '1000', PNBSF_LEASE_MS: '5000' },
    });
    await confirm(installation, 'SN-0001/1');
    worker = spawn(process.execPath, ['src/cli/launcher.mjs', 'worker'], {
      env: { ...process.env, ...installation.environment },
      stdio: 'ignore',
    });
    const sending = `select 1 from enrolment where state = 'sending'`;
    await until('the registration has left', async () => (await installation.rows(sending)).length > 0, 40_000);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    const work = await installation.app.startWork();
    try {
      const settled = `select 1 from run_person where state = 'enrolled'`;
      await until('its run is closed', async () => (await installation.rows(settled)).length > 0, 60_000);
    } finally {
      await work.close();
    }
    expect(await outcomes(installation)).toMatchObject({ 'SN-0001/1': 'enrolled' });
    expect(carriedOut(installation)).toEqual({ 'SN-0001/1': 1 });
  }, 90_000);
});
