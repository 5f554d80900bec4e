import { createHash } from 'node:crypto';
import { parse } from 'node:path';
import type { StagedLine } from '../../store/intake/staged-person.ts';
import { loadBatch, type ImportOptions } from './batch-loader.ts';
import { ByteSource, type ByteOrigin, type IntakeProgress } from './byte-source.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import { checkDeclared, joinDeclared } from './declared-totals.ts';
import type { DeliveryLines } from './delivery-lines.ts';
import type { ImportResult } from './merge-batch.ts';
import { SniffedLines } from './sniffed-lines.ts';

/** A file to import, or several that are one batch. */
export type ImportSource = ByteOrigin & {
  /** As the operator knows it; kept with the batch. */
  readonly name: string;
  /** Further files of the same batch, in order. */
  readonly more?: readonly (ByteOrigin & { readonly name: string })[];
  /** Batch number announced by the sender; by default one is made from the name. */
  readonly number?: string;
  /** People announced by the sender; another count refuses the file. */
  readonly declaredPeople?: number;
  readonly declaredHouseholds?: number;
  /** Declared: the files name everybody the RNU knows. */
  readonly fullList?: boolean;
};

export interface FileImportOptions extends ImportOptions {
  readonly catalogue: ColumnCatalogue;
  readonly onProgress?: (progress: IntakeProgress) => void;
}

/** One file of a batch while it is read. */
interface Part {
  readonly name: string;
  readonly bytes: ByteSource;
  readonly lines: DeliveryLines;
}

/**
 * Imports CSV or XML files, gzipped or not: every line of them or nothing. Files whose very bytes were imported before
 * change nothing, also when two imports of them run at once. Throws `IntakeError` and no other error.
 */
export async function importBatch(source: ImportSource, options: FileImportOptions): Promise<ImportResult> {
  const { name, number, more = [] } = source;
  const parts = [source, ...more].map((origin): Part => {
    const bytes = new ByteSource(origin, options.onProgress);
    return { name: origin.name, bytes, lines: new SniffedLines(bytes, options.catalogue) };
  });
  const ranges: string[] = [];
  return loadBatch(
    stagedParts(parts, ranges),
    () => {
      const linesRead = parts.reduce((sum, { lines }) => sum + lines.linesRead, 0);
      const { people, households } = declaredOf(source, parts);
      checkDeclared(people, linesRead);
      return {
        number: number === undefined ? { derived: stem(name) } : { given: number },
        sha256: fingerprint(parts),
        sourceName: parts.map((part) => part.name).join(' + '),
        source: 'file',
        sizeBytes: parts.reduce((sum, { bytes }) => sum + bytes.bytesRead, 0),
        encoding: common(parts.map(({ lines }) => lines.encoding)) ?? 'mixte',
        separator: common(parts.map(({ lines }) => lines.separator)),
        linesRead,
        notes: [...(parts.length > 1 ? ranges : []), ...parts.flatMap(({ lines }) => lines.notes())],
        fullList: source.fullList ?? false,
        ...(households === undefined ? {} : { declaredHouseholds: households }),
      };
    },
    options,
  );
}

/** Lines of the second file are numbered on from the first: a number names one line of the batch. */
async function* stagedParts(parts: readonly Part[], ranges: string[]): AsyncGenerator<readonly StagedLine[]> {
  let before = 0;
  for (const { name, lines } of parts) {
    let last = before;
    for await (const some of lines.staged()) {
      const offset = before;
      yield offset === 0 ? some : some.map((line) => ({ ...line, lineNumber: line.lineNumber + offset }));
      last = Math.max(last, offset + (some.at(-1)?.lineNumber ?? 0));
    }
    ranges.push(`Lignes ${before + 1} à ${last} : ${name}.`);
    before = last;
  }
}

/** What was announced for the whole, and what files announce themselves where every one of them does. */
function declaredOf(
  { declaredPeople, declaredHouseholds }: ImportSource,
  parts: readonly Part[],
): ReturnType<typeof joinDeclared> {
  const sum = (what: 'people' | 'households'): number | undefined => {
    const said = parts.flatMap(({ lines }) => lines.declared[what] ?? []);
    return said.length === parts.length ? said.reduce((total, one) => total + one, 0) : undefined;
  };
  const given = { people: declaredPeople, households: declaredHouseholds };
  const own = { people: sum('people'), households: parts.length === 1 ? sum('households') : undefined };
  return joinDeclared(stated(given), stated(own));
}

function stated(totals: { people: number | undefined; households: number | undefined }): {
  people?: number;
  households?: number;
} {
  return {
    ...(totals.people === undefined ? {} : { people: totals.people }),
    ...(totals.households === undefined ? {} : { households: totals.households }),
  };
}

/** Of one file what `sha256sum` prints; of several the fingerprint of their fingerprints, in order. */
function fingerprint(parts: readonly Part[]): Buffer {
  const each = parts.map(({ bytes }) => bytes.sha256());
  const [only] = each;
  if (each.length === 1 && only !== undefined) return only;
  return createHash('sha256').update(Buffer.concat(each)).digest();
}

function common<T>(values: readonly T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

/** `/depot/LOT-2026-001.csv.gz` is batch `LOT-2026-001`. */
function stem(name: string): string {
  const bare = batchStem(parse(name).base);
  return bare === '' ? 'lot' : bare;
}

/** A file name without what says how it is written. */
export function batchStem(fileName: string): string {
  return fileName.replace(/\.gz$/i, '').replace(/\.(csv|txt|tsv|xml)$/i, '');
}
