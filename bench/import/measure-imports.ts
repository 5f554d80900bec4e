import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { ByteSource } from '../../src/pipeline/intake/byte-source.ts';
import { fillMatchKeys } from '../../src/pipeline/intake/fill-match-keys.ts';
import { importBatch } from '../../src/pipeline/intake/import-batch.ts';
import type { ImportCounts } from '../../src/pipeline/intake/merge-batch.ts';
import { SniffedLines } from '../../src/pipeline/intake/sniffed-lines.ts';
import type { ReferenceData } from '../../src/reference-data.ts';
import type { Database } from '../../src/store/database.ts';

/** Where the bench imports, and the two files it has written. */
export interface ImportBenchGround {
  readonly database: Database;
  readonly reference: ReferenceData;
  readonly first: string;
  /** The same people, one in fifty with other data. */
  readonly changed: string;
}

/** One import: reading and COPY go on at the same time, the merge follows. */
export interface ImportTimes {
  readonly seconds: number;
  readonly readAndCopySeconds: number;
  readonly mergeSeconds: number;
  readonly counts: ImportCounts | null;
}

/** What imports of one file came to. */
export interface ImportFigures {
  readonly lines: number;
  /** Of the whole first import, match keys apart. */
  readonly importLinesPerSecond: number;
  /** Reading, parsing and hashing alone, nothing kept. */
  readonly readSeconds: number;
  readonly first: ImportTimes;
  readonly matchKeySeconds: number;
  /** The very same bytes: recognised, nothing changed. */
  readonly sameFile: ImportTimes;
  /** The same lines in other bytes (gzip). */
  readonly sameLines: ImportTimes;
  readonly twoPercentChanged: ImportTimes;
  /** The highest this process had up to the end of the first import, and up to the end of all. */
  readonly importPeakRssMiB: number;
  readonly peakRssMiB: number;
}

/** Runs the imports one after the other. */
export async function measureImports(ground: ImportBenchGround): Promise<ImportFigures> {
  const { database, reference, first: path, changed } = ground;
  const read = await readOnly(ground);
  const first = await timed(ground, 'lot-1.csv', { path });
  const importPeakRssMiB = peakRssMiB();
  const afterFirst = performance.now();
  await fillMatchKeys(database.db, reference.matcher.keys);
  const matchKeySeconds = (performance.now() - afterFirst) / 1_000;
  const sameFile = await timed(ground, 'lot-2.csv', { path });
  const zipped = createReadStream(path).pipe(createGzip({ level: 1 }));
  const sameLines = await timed(ground, 'lot-3.csv.gz', { stream: Readable.from(zipped) });
  const twoPercentChanged = await timed(ground, 'lot-4.csv', { path: changed });
  return {
    lines: read.lines,
    importLinesPerSecond: Math.round(read.lines / first.seconds),
    readSeconds: read.seconds,
    first,
    matchKeySeconds,
    sameFile,
    sameLines,
    twoPercentChanged,
    importPeakRssMiB,
    peakRssMiB: peakRssMiB(),
  };
}

function peakRssMiB(): number {
  return Math.round(process.resourceUsage().maxRSS / 1_024);
}

async function readOnly({ first, reference }: ImportBenchGround): Promise<{ lines: number; seconds: number }> {
  const started = performance.now();
  const reader = new SniffedLines(new ByteSource({ path: first }), reference.columns);
  let lines = 0;
  for await (const some of reader.staged()) lines += some.length;
  return { lines, seconds: (performance.now() - started) / 1_000 };
}

async function timed(
  { database, reference }: ImportBenchGround,
  name: string,
  origin: { readonly path: string } | { readonly stream: Readable },
): Promise<ImportTimes> {
  const started = performance.now();
  let staged = started;
  const result = await importBatch(
    { name, ...origin },
    {
      database,
      campaign: 'BENCH',
      actor: 'bench',
      catalogue: reference.columns,
      onStaged: () => {
        staged = performance.now();
      },
    },
  );
  const ended = performance.now();
  return {
    seconds: (ended - started) / 1_000,
    readAndCopySeconds: (staged - started) / 1_000,
    mergeSeconds: (ended - staged) / 1_000,
    counts: result.alreadyImported ? null : result.counts,
  };
}
