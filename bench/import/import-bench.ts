/**
 * `npm run bench -- import [--lines N] [--json]`: how many lines of a file a second come in, part by part, in a
 * throw-away PostgreSQL of its own; then the same file again, and one in which 2 % of the lines are changed.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.ts';
import { readReferenceData } from '../../src/reference-data.ts';
import { openDatabase } from '../../src/store/database.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { machine } from '../machine.ts';
import { importTable } from './import-table.ts';
import type { ImportBenchResult } from './import-result.ts';
import { measureImports } from './measure-imports.ts';

const WRITER = fileURLToPath(new URL('./write-files.js', import.meta.url));

/** Runs the bench with the words of its command line; resolves to what is to be printed. */
export async function importBench(words: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...words],
    options: { lines: { type: 'string', default: '200000' }, json: { type: 'boolean', default: false } },
  });
  const result = await runImportBench(Number(values.lines));
  return values.json ? JSON.stringify(result, null, 2) : importTable(result);
}

/** Imports about `lines` invented lines into a fresh database and tells how long each part took. */
export async function runImportBench(lines: number): Promise<ImportBenchResult> {
  const where = machine();
  const directory = await mkdtemp(join(tmpdir(), 'bench-import-'));
  const first = join(directory, 'lot.csv');
  const changed = join(directory, 'lot-change.csv');
  try {
    await promisify(execFile)(process.execPath, [WRITER, String(lines), first, changed]);
    const server = await startEmbeddedPostgres({ directory: join(directory, 'data'), durable: false });
    const database = openDatabase({
      url: server.url,
      poolSize: 4,
      statementTimeoutMs: 600_000,
      applicationName: 'bench',
      onIdleError: () => undefined,
    });
    try {
      await migrate(database.db, join(packageRoot(), 'sql'));
      const reference = await readReferenceData(join(packageRoot(), 'config'));
      return { bench: 'import', machine: where, ...(await measureImports({ database, reference, first, changed })) };
    } finally {
      await database.close();
      await server.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
