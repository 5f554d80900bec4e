/**
 * What the passes of a bench share: a PostgreSQL as durable as in production, a Redis, the partners, and one database
 * with the batch imported, of which every pass gets a fresh copy.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillMatchKeys } from '../../src/pipeline/intake/fill-match-keys.ts';
import { importBatch } from '../../src/pipeline/intake/import-batch.ts';
import { packageRoot } from '../../src/package-root.ts';
import { readReferenceData } from '../../src/reference-data.ts';
import { openDatabase, type Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { startPostgres, type RunPostgres } from '../chaos/servers/postgres-server.ts';
import { hasRedis, startRedis, type RunRedis } from '../chaos/servers/redis-server.ts';
import { startResponder, type Responder } from './responder/responder.ts';

export const CAMPAIGN = 'BENCH';
const TEMPLATE = 'bench_template';

export interface Stage {
  readonly people: number;
  readonly folder: string;
  readonly asOf: string;
  readonly postgres: RunPostgres;
  /** Of the server process that all others of PostgreSQL descend from. */
  readonly postgresPid: number;
  /** Null where no redis-server is installed. */
  readonly redis: RunRedis | null;
  readonly responder: Responder;
  /** A database of its own with the batch imported; dropped by `drop`. */
  copy(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }>;
  close(): Promise<void>;
}

export interface StageOrder {
  readonly people: number;
  readonly seed: string;
}

/** Puts everything up; on an error nothing of it stays. */
export async function openStage({ people, seed }: StageOrder): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-pipeline-'));
  const postgres = await startPostgres(folder);
  const close = async (): Promise<void> => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const redis = hasRedis() ? await startRedis(folder, join(folder, 'redis.log')) : null;
    const asOf = new Date().toISOString().slice(0, 10);
    const batchFile = join(folder, 'lot.csv');
    const order = { people, seed, asOf, batchFile, callsFile: join(folder, 'calls.jsonl') };
    const responder = await startResponder(order, join(folder, 'order.json'), join(folder, 'responder.log'));
    await importInto(postgres, TEMPLATE, batchFile);
    let copies = 0;
    return {
      people,
      folder,
      asOf,
      postgres,
      postgresPid: await postmasterOf(postgres),
      redis,
      responder,
      async copy() {
        const name = `bench_${++copies}`;
        // What copying left to be written is written now, not during the pass.
        await postgres.rows(`create database ${name} template ${TEMPLATE} strategy file_copy`);
        await postgres.rows('checkpoint');
        return {
          url: databaseUrl(postgres, name),
          drop: async () => {
            await postgres.rows(`drop database ${name} with (force)`);
          },
        };
      },
      close: async () => {
        await responder.stop();
        await redis?.stop();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address of another database of the same server. */
export function databaseUrl({ url }: RunPostgres, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** What an import took. */
export interface ImportMeasure {
  readonly lines: number;
  /** Of the import alone, match keys apart. */
  readonly importSeconds: number;
  readonly keySeconds: number;
}

/** Makes a database of that name with the batch imported and its match keys filed. */
export async function importInto(postgres: RunPostgres, name: string, batchFile: string): Promise<ImportMeasure> {
  await postgres.rows(`create database ${name}`);
  const database = openDatabase({
    url: databaseUrl(postgres, name),
    poolSize: 4,
    statementTimeoutMs: 3_600_000,
    applicationName: 'bench',
    onIdleError: () => undefined,
  });
  try {
    await migrate(database.db, join(packageRoot(), 'sql'));
    return await importBatchInto(database, batchFile);
  } finally {
    await database.close();
  }
}

async function importBatchInto(database: Database, path: string): Promise<ImportMeasure> {
  const { columns, matcher } = await readReferenceData(join(packageRoot(), 'config'));
  const importStart = performance.now();
  const options = { database, campaign: CAMPAIGN, actor: 'bench', catalogue: columns };
  const imported = await importBatch({ name: 'lot.csv', path }, options);
  const keyStart = performance.now();
  await fillMatchKeys(database.db, matcher.keys);
  const end = performance.now();
  // As autovacuum leaves a database hours before its night.
  await database.pool.query('vacuum (analyze)');
  return {
    lines: imported.alreadyImported ? 0 : imported.counts.linesRead,
    importSeconds: (keyStart - importStart) / 1_000,
    keySeconds: (end - keyStart) / 1_000,
  };
}

async function postmasterOf(postgres: RunPostgres): Promise<number> {
  const [row] = await postgres.rows<{ data_directory: string }>('show data_directory');
  const file = readFileSync(join(row?.data_directory ?? '', 'postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}
