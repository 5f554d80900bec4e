import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBatchCsv } from '../../fixtures/population/batch-csv.ts';
import { generateHouseholds } from '../../fixtures/population/population.ts';
import { startPostgres } from '../chaos/servers/postgres-server.ts';
import { importInto } from '../pipeline/stage.ts';
import type { Collected } from './collected.ts';

/** Part d: a batch read and merged into an empty, durable database; then its match keys, with a figure of their own. */
export async function importPart(people: number, repeats: number, found: Collected): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-import-'));
  const postgres = await startPostgres(folder);
  try {
    const batchFile = join(folder, 'lot.csv');
    const households = generateHouseholds({ people, seed: 'import', asOf: new Date().toISOString().slice(0, 10) });
    await writeBatchCsv({ households }, batchFile, { unreadableLines: 0 });
    for (let turn = 1; turn <= repeats; turn++) {
      const name = `bench_import_${turn}`;
      const { lines, importSeconds, keySeconds } = await importInto(postgres, name, batchFile);
      found.add('importLinesPerSecond', lines / importSeconds);
      found.add('matchKeyLinesPerSecond', lines / keySeconds);
      await postgres.rows(`drop database ${name} with (force)`);
    }
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
