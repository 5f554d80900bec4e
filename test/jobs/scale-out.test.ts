/** Two workers that share nothing but the two servers, both reached by TLS, finish one night. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../bench/chaos/servers/free-port.ts';
import { generatePopulation } from '../../fixtures/population/population.ts';
import { examine } from '../../src/doctor/examine.ts';
import { waitForRun } from '../../src/pipeline/run/wait-for-run.ts';
import { runSummary } from '../../src/store/run/run-summary.ts';
import { openInstallation, RUN_DATE, type Installation } from '../pipeline/installation.ts';
import { openRunOf } from '../pipeline/night.ts';
import { makeCertificates, type TestCertificates } from '../support/certificates.ts';
import { startOwnPostgres } from '../support/own-postgres.ts';
import { hasRedis } from '../support/redis.ts';
import { startSecuredRedis, type SecuredRedis } from '../support/secured-redis.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

const PEOPLE = 300;

const withRedis = hasRedis() ? describe : describe.skip;
withRedis('two hosts', () => {
  let folder: string;
  let tls: TestCertificates;
  let redis: SecuredRedis;
  let installation: Installation;
  const workers: WorkerProcess[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scale-out-'));
    tls = makeCertificates(folder, 'serveurs');
    redis = await startSecuredRedis(folder, tls);
    const database = await startOwnPostgres(await freePort(), tls);
    const population = generatePopulation({ people: PEOPLE, seed: 'deux hôtes', asOf: RUN_DATE });
    installation = await openInstallation({
      village: { lines: population.households.flatMap(({ rows }) => rows), registries: population.registries },
      // Whatever is sent twice is registered twice.
      sandbox: { capabilities: { idempotencyKey: false, searchByReference: true } },
      database,
      settings: { REDIS_URL: redis.url, REDIS_TLS_CA: tls.ca, PNBSF_CONCURRENCY: '4', PNBSF_POOL: '8' },
    });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(workers.map((one) => one.kill()));
    await installation.close();
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('have nothing to complain of but what a test has not', async () => {
    const found = await examine(installation.environment);
    const failed = found.filter(({ ok, name }) => ok === false && /Redis|PostgreSQL/.test(name));
    // The test's Redis keeps no journal, and is told so.
    expect(failed.map(({ name }) => name)).toEqual(['Redis : journal (AOF)']);
    const withoutAuthority = { ...installation.environment };
    withoutAuthority['DATABASE_URL'] = installation.database.url.replace(/&sslrootcert=.*/, '');
    const [first] = (await examine(withoutAuthority)).filter(({ name }) => name.startsWith('PostgreSQL'));
    expect(first).toMatchObject({ ok: false, advice: expect.stringContaining('sslrootcert') });
  });

  it('finish one night, each person once', async () => {
    for (const host of ['a', 'b']) {
      const home = await mkdtemp(join(folder, `${host}-`));
      const settings = { PNBSF_DATA: join(home, 'donnees'), PNBSF_LOG: 'info' };
      workers.push(startWorkerProcess(installation, settings, home));
    }
    await Promise.all(workers.map((one) => one.ready()));
    const { db } = installation.context;
    const runId = await openRunOf(installation);
    await waitForRun(db, runId, { everyMs: 100, onProgress: () => undefined, signal: AbortSignal.timeout(80_000) });

    expect(await runSummary(db, runId)).toMatchObject({ state: 'closed', balanced: true, people: PEOPLE });
    const sent = installation.sandbox.ledger().map(({ person }) => person);
    expect(sent.length).toBeGreaterThan(50);
    expect(new Set(sent).size).toBe(sent.length);
    const owners = await installation.rows('select distinct owner from household_work where owner is not null');
    expect(owners.length).toBe(2);
    const { rows } = await installation.database.pool.query<{ tls: boolean; sessions: number }>(
      `select bool_and(s.ssl) as tls, count(*)::int as sessions
         from pg_stat_activity a join pg_stat_ssl s using (pid) where a.application_name = 'pnbsf-cmu'`,
    );
    expect(rows[0]?.tls).toBe(true);
    // Each holds several; the test's own application is a third.
    expect(rows[0]?.sessions).toBeGreaterThan(6);
  }, 100_000);
});
