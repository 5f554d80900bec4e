import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Before the suite: compiles the product (tests start its real processes), and starts one real PostgreSQL whose
 * migrated template every test file clones. Type errors are the type checker's business, not the suite's.
 */
export default async function globalSetup() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'ignore' });
  const { startEmbeddedPostgres } = await import('../../dist/src/store/embedded/embedded-postgres.js');
  const { openDatabase } = await import('../../dist/src/store/database.js');
  const { migrate } = await import('../../dist/src/store/migrate.js');

  const directory = await mkdtemp(join(tmpdir(), 'pnbsf-cmu-suite-'));
  await chmod(directory, 0o755);
  const server = await startEmbeddedPostgres({ directory, durable: false });
  const open = (url) =>
    openDatabase({
      url,
      poolSize: 1,
      statementTimeoutMs: 60_000,
      applicationName: 'suite',
      onIdleError: () => undefined,
    });
  const admin = open(server.url);
  await admin.pool.query('create database template_pnbsf');
  await admin.close();
  const template = open(server.url.replace(/\/postgres$/, '/template_pnbsf'));
  await migrate(template.db, 'sql');
  await template.close();

  // What tests leave behind is gone with the suite.
  const scratch = join(directory, 'tmp');
  await mkdir(scratch);
  process.env.TMPDIR = scratch;

  globalThis.suiteServer = { server, directory };
  process.env.PNBSF_TEST_SERVER_URL = server.url;
}
