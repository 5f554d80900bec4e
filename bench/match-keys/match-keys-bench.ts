/**
 * `npm run bench -- match-keys`: how long one person's search for other lines takes among many, and what filing the
 * keys costs beside the import. Invented people in a throw-away PostgreSQL of its own.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeBatchCsv } from '../../fixtures/population/batch-csv.ts';
import { generateHouseholds } from '../../fixtures/population/population.ts';
import { packageRoot } from '../../src/package-root.ts';
import { fillMatchKeys } from '../../src/pipeline/intake/fill-match-keys.ts';
import { importBatch } from '../../src/pipeline/intake/import-batch.ts';
import { readReferenceData, type ReferenceData } from '../../src/reference-data.ts';
import { openDatabase, type Database } from '../../src/store/database.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { machine } from '../machine.ts';
import { timeLookUps, type LookUpTimes } from './look-ups.ts';

interface MatchKeysResult {
  readonly bench: 'match-keys';
  readonly machine: string;
  readonly people: number;
  readonly importSeconds: number;
  readonly keySeconds: number;
  readonly keys: number;
  readonly keyMegabytes: number;
  readonly lookUps: LookUpTimes;
}

/** Runs the bench with the words of its command line; resolves to what is to be printed. */
export async function matchKeysBench(words: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      people: { type: 'string', default: '100000' },
      'look-ups': { type: 'string', default: '1000' },
      json: { type: 'boolean', default: false },
    },
  });
  const result = await run(Number(values.people), Number(values['look-ups']));
  return values.json ? JSON.stringify(result, null, 2) : table(result);
}

async function run(people: number, lookUps: number): Promise<MatchKeysResult> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-match-keys-'));
  const server = await startEmbeddedPostgres({ directory, durable: false });
  const database = openDatabase({
    url: server.url,
    // One connection serves the look-ups, so that its server process can be watched; the import takes the other.
    poolSize: 2,
    statementTimeoutMs: 600_000,
    applicationName: 'bench',
    onIdleError: () => undefined,
  });
  try {
    await migrate(database.db, join(packageRoot(), 'sql'));
    const reference = await readReferenceData(join(packageRoot(), 'config'));
    const importSeconds = await importPeople(database, reference, directory, people);
    const started = performance.now();
    const { keys } = await fillMatchKeys(database.db, reference.matcher.keys);
    const keySeconds = (performance.now() - started) / 1_000;
    await database.pool.query('vacuum analyze');
    return {
      bench: 'match-keys',
      machine: machine(),
      people,
      importSeconds,
      keySeconds,
      keys,
      keyMegabytes: await megabytes(database),
      lookUps: await timeLookUps(database.db, reference.matcher, lookUps),
    };
  } finally {
    await database.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Seconds of reading and merging a file; the generator has written it before. */
async function importPeople(
  database: Database,
  reference: ReferenceData,
  directory: string,
  people: number,
): Promise<number> {
  const path = join(directory, 'lot.csv');
  const households = generateHouseholds({ people, seed: 'match-keys', asOf: '2026-11-21' });
  await writeBatchCsv({ households }, path, { unreadableLines: 0 });
  const started = performance.now();
  await importBatch(
    { name: 'lot.csv', path },
    { database, campaign: 'BENCH', actor: 'bench', catalogue: reference.columns },
  );
  return (performance.now() - started) / 1_000;
}

async function megabytes(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ bytes: string }>(`select pg_total_relation_size('match_key') as bytes`);
  return Number(rows[0]?.bytes ?? 0) / 2 ** 20;
}

function table({
  machine: where,
  people,
  importSeconds,
  keySeconds,
  keys,
  keyMegabytes,
  lookUps,
}: MatchKeysResult): string {
  const perSecond = (time: number): string => `${Math.round(people / time).toLocaleString('en')} people/s`;
  return [
    where,
    `${people.toLocaleString('en')} people, ${keys.toLocaleString('en')} keys, ${Math.round(keyMegabytes)} MB with indexes`,
    `import, keys apart    ${importSeconds.toFixed(1)} s, ${perSecond(importSeconds)}`,
    `keys                  ${keySeconds.toFixed(1)} s, ${perSecond(keySeconds)}`,
    `one person against all, ${lookUps.people} people in turn, ms: p50, p95, longest`,
    ...Object.entries(lookUps.milliseconds).map(
      ([part, { p50, p95, longest }]) =>
        `  ${part.padEnd(20)}${p50.toFixed(1).padStart(7)}${p95.toFixed(1).padStart(8)}${longest.toFixed(1).padStart(8)}`,
    ),
    `processor time per person, ms: here ${lookUps.processorMs.here.toFixed(1)}, server ${lookUps.processorMs.server?.toFixed(1) ?? '?'}`,
    `candidates per person: p50 ${lookUps.candidates.p50}, p95 ${lookUps.candidates.p95}, most ${lookUps.candidates.longest}`,
  ].join('\n');
}
