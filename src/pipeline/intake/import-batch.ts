import { parse } from 'node:path';
import { loadBatch, type ImportOptions } from './batch-loader.ts';
import { ByteSource, type ByteOrigin, type IntakeProgress } from './byte-source.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import { checkDeclared } from './declared-totals.ts';
import { FileLines } from './file-lines.ts';
import type { ImportResult } from './merge-batch.ts';

/** A file to import. */
export type ImportSource = ByteOrigin & {
  /** As the operator knows it; kept with the batch. */
  readonly name: string;
  /** Batch number announced by the sender; by default one is made from the name. */
  readonly number?: string;
  /** People announced by the sender; another count refuses the file. */
  readonly declaredPeople?: number;
};

export interface FileImportOptions extends ImportOptions {
  readonly catalogue: ColumnCatalogue;
  readonly onProgress?: (progress: IntakeProgress) => void;
}

/**
 * Imports a CSV file, gzipped or not: every line of it or nothing. A file whose very bytes were imported before changes
 * nothing, also when two imports of it run at once. Throws `IntakeError` and no other error.
 */
export async function importBatch(source: ImportSource, options: FileImportOptions): Promise<ImportResult> {
  const bytes = new ByteSource(source, options.onProgress);
  const lines = new FileLines(bytes, options.catalogue);
  return loadBatch(
    lines.staged(),
    () => {
      checkDeclared(source.declaredPeople, lines.linesRead);
      return {
        number: source.number === undefined ? { derived: stem(source.name) } : { given: source.number },
        sha256: bytes.sha256(),
        sourceName: source.name,
        source: 'file',
        sizeBytes: bytes.bytesRead,
        encoding: lines.encoding,
        separator: lines.separator,
        linesRead: lines.linesRead,
        notes: lines.notes(),
      };
    },
    options,
  );
}

/** `/depot/LOT-2026-001.csv.gz` is batch `LOT-2026-001`. */
function stem(name: string): string {
  const bare = parse(name)
    .base.replace(/\.gz$/i, '')
    .replace(/\.(csv|txt|tsv)$/i, '');
  return bare === '' ? 'lot' : bare;
}
