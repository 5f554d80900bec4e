/** A whole installation for one test: database, sandbox, exchange and adapters, all real, with short times. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigicmuAdapter } from '../../adapters/sigicmu/create-sigicmu-adapter.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../fixtures/sandbox/start-sandbox.ts';
import { openApp, type App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { parseServiceId } from '../../src/exchange/parse-identifier.ts';
import { importRecords, type IntakeRecord } from '../../src/pipeline/intake/import-records.ts';
import type { StepContext } from '../../src/pipeline/step-context.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { FrontServer } from './charging-server.ts';
import type { Village } from './village.ts';

export const RUN_DATE = '2026-11-21';
export const CAMPAIGN = 'PNBSF-2026';

/** Production times divided by some hundreds, in their order: settle window > write deadline, lease > three of them. */
export const SHORT_TIMES = {
  XROAD_CONNECT_MS: '1000',
  XROAD_READ_MS: '3000',
  XROAD_WRITE_MS: '700',
  PNBSF_SETTLE_MS: '1000',
  PNBSF_LEASE_MS: '6000',
  PNBSF_FIRST_PAUSE_MS: '20',
  PNBSF_LONGEST_PAUSE_MS: '100',
  PNBSF_ROUTE_PAUSE_MS: '40',
  PNBSF_HOLDER_PAUSE_MS: '40',
  PNBSF_RUN_PATIENCE_MS: '60000',
  PNBSF_SWEEP_MS: '20',
  // The suites provoke more failures in a row than flow control would suffer.
  PNBSF_RETRY_FLOOR: '1000',
  PNBSF_BREAKER_FAILURES: '1000000',
  PNBSF_ROUTE_FAILURES: '1000000',
};

export interface InstallationOptions {
  readonly village: Village;
  readonly sandbox?: Partial<SandboxOptions>;
  /** The insurer finds by identity what was just registered; not unless told. */
  readonly searchByIdentity?: boolean;
  /** A server to put in front of the sandbox. */
  readonly front?: (sandboxUrl: string) => Promise<FrontServer>;
  /** A database on a server of its own; one of the suite's unless given. Closed with the installation. */
  readonly database?: TestDatabase;
  /** Settings beside the short times. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Installation {
  readonly app: App;
  readonly database: TestDatabase;
  readonly sandbox: Sandbox;
  readonly context: StepContext;
  /** What the environment of another process of this installation must hold. */
  readonly environment: Readonly<Record<string, string>>;
  import(lines: Village['lines'], number?: string): Promise<void>;
  rows<Row extends object>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Opens an installation whose batch is imported. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const sandbox = await startSandbox({ registries: options.village.registries, seed: 7, ...options.sandbox });
  const database = options.database ?? (await createTestDatabase());
  const data = await mkdtemp(join(tmpdir(), 'installation-'));
  const front = await options.front?.(sandbox.url);
  const environment = {
    ...SHORT_TIMES,
    PNBSF_DATA: data,
    PNBSF_LOG: 'silent',
    PNBSF_CAMPAIGN: CAMPAIGN,
    DATABASE_URL: database.url,
    XROAD_SECURITY_SERVERS: front?.url ?? sandbox.url,
    ...options.settings,
  };
  const app = await openApp(readConfig(environment));
  const installation: Installation = {
    app,
    database,
    sandbox,
    environment,
    context: contextOf(app, options),
    import: (lines, number = 'LOT-1') => importLines(app, lines, number),
    rows: async <Row extends object>(statement: string, values: readonly unknown[] = []) =>
      (await database.pool.query<Row>(statement, [...values])).rows,
    async close() {
      await app.close();
      await front?.close();
      await sandbox.stop();
      await database.close();
      await rm(data, { recursive: true, force: true });
    },
  };
  if (options.village.lines.length > 0) await installation.import(options.village.lines);
  return installation;
}

function contextOf(app: App, { sandbox, searchByIdentity = false }: InstallationOptions): StepContext {
  const { context, exchange } = app.partners();
  if (sandbox?.capabilities === undefined) return context;
  const service = parseServiceId(app.config.exchange.services.sigicmu);
  const offered = { idempotencyKey: true, searchByReference: true, searchByIdentity, ...sandbox.capabilities };
  const capabilitiesOf = (): typeof offered => offered;
  return { ...context, insurer: createSigicmuAdapter({ exchange, service, capabilitiesOf }) };
}

async function importLines(app: App, lines: Village['lines'], number: string): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/require-await -- intake reads a service page by page
  async function* records(): AsyncGenerator<IntakeRecord> {
    let lineNumber = 0;
    for (const fields of lines) yield { lineNumber: ++lineNumber, fields };
  }
  await importRecords(
    { name: number, number, records: records() },
    { database: app.database, campaign: CAMPAIGN, actor: 'test', catalogue: app.reference.columns },
  );
}
