import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { markPublished, withPublishedRun } from '../../src/store/report/publication.ts';
import { openTestStore, type TestStore } from './test-store.ts';

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

it('a night that cannot be published holds up none after it, and is tried again; staff runs are not published', async () => {
  await sql`
    insert into run (run_date, campaign, state, patience_ms, kind)
    values ('2026-11-21', 'PNBSF-2026', 'closed', 1000, 'staff'), ('2026-11-22', 'PNBSF-2026', 'closed', 1000, 'night'),
           ('2026-11-23', 'PNBSF-2026', 'verifying', 1000, 'night')`.execute(store.db);
  const second = String(Number(store.runId) + 2);
  const tried: string[] = [];
  let full = true;
  const look = (): Promise<void> =>
    withPublishedRun(store.db, async (run) => {
      tried.push(run);
      if (run === store.runId && full) throw new Error('no space left');
      await markPublished(store.db, run, '/rapports');
    });

  await expect(look()).rejects.toThrow('no space left');
  expect(tried).toEqual([store.runId, second]);
  full = false;
  await look();
  await look();
  expect(tried).toEqual([store.runId, second, store.runId]);
});

it('two processes do not publish at once', async () => {
  await sql`update run set published_at = null where id = ${store.runId}`.execute(store.db);
  let both = 0;
  const look = (): Promise<void> =>
    withPublishedRun(store.db, async (run) => {
      both += 1;
      if (both === 1) await look();
      await markPublished(store.db, run, '/rapports');
    });
  await look();
  expect(both).toBe(1);
});
