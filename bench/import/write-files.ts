/**
 * Writes the invented files of the import bench, in a process of its own so that the memory of the generator is not
 * counted as the importer's: `write-files.js LINES FIRST CHANGED`.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeBatchCsv } from '../../fixtures/population/batch-csv.ts';
import { generateHouseholds } from '../../fixtures/population/population.ts';
import { RNU_FIELDS } from '../../fixtures/population/rnu-row.ts';

/** One line in fifty of the second file brings other data. */
const CHANGED_EVERY = 50;
const SEPARATOR = ';';

const [lines = '', first = '', changed = ''] = process.argv.slice(2);
const households = generateHouseholds({ people: Number(lines), seed: 'import', asOf: '2026-11-21' });
await writeBatchCsv({ households }, first, { unreadableLines: 0, separator: SEPARATOR });
await pipeline(Readable.from(changedLines(first)), createWriteStream(changed));

/** The same people; every fiftieth has one more name. Lines with quotes stay as they are: no cell is looked for in them. */
async function* changedLines(path: string): AsyncGenerator<string> {
  const name = RNU_FIELDS.indexOf('nomComplet');
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const cells = line.split(SEPARATOR);
    if (number > 0 && number % CHANGED_EVERY === 0 && !line.includes('"')) cells[name] = `${cells[name] ?? ''} Bis`;
    yield `${cells.join(SEPARATOR)}\n`;
    number += 1;
  }
}
