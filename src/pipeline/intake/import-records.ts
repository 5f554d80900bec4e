import { createHash } from 'node:crypto';
import type { StagedLine } from '../../store/intake/staged-person.ts';
import { loadBatch, type ImportOptions } from './batch-loader.ts';
import type { ColumnCatalogue } from './column-catalogue.ts';
import { checkDeclared } from './declared-totals.ts';
import type { FieldName, FieldReader } from './field-names.ts';
import type { ImportResult } from './merge-batch.ts';
import { RowReader } from './row-to-member.ts';
import { stagedRow } from './staged-lines.ts';

/** One member as the RNU service gives it. `lineNumber` is its rank in the batch, from 1. */
export interface IntakeRecord {
  readonly lineNumber: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** A batch of the RNU service. */
export interface RecordSource {
  readonly name: string;
  /** The service's number for the batch; it can be imported once. */
  readonly number: string;
  readonly declaredPeople?: number;
  readonly declaredHouseholds?: number;
  /** In the service's order. What it throws ends the import and reaches the caller unchanged. */
  readonly records: AsyncIterable<IntakeRecord>;
}

export interface RecordImportOptions extends ImportOptions {
  readonly catalogue: ColumnCatalogue;
}

/** Records staged together; the cost of a page is spread over them. */
const RECORDS_TOGETHER = 500;

/**
 * Imports the records of a batch, all or none, by the same rules as a file. The batch's fingerprint is that of its
 * records in order, so that the same pages fetched again are recognised. Throws `IntakeError`, and what `records` throws.
 */
export async function importRecords(source: RecordSource, options: RecordImportOptions): Promise<ImportResult> {
  const hash = createHash('sha256');
  const rows = new RowReader(options.catalogue);
  let linesRead = 0;
  let sizeBytes = 0;
  async function* staged(): AsyncGenerator<readonly StagedLine[]> {
    let together: StagedLine[] = [];
    for await (const { lineNumber, fields } of source.records) {
      const rawLine = JSON.stringify(fields);
      hash.update(rawLine).update('\n');
      linesRead += 1;
      sizeBytes += Buffer.byteLength(rawLine) + 1;
      const named = nameFields(fields, options.catalogue);
      together.push(stagedRow({ lineNumber, rawLine, fields: named }, rows, (field) => field));
      if (together.length < RECORDS_TOGETHER) continue;
      yield together;
      together = [];
    }
    yield together;
  }
  return loadBatch(
    staged(),
    () => {
      checkDeclared(source.declaredPeople, linesRead);
      return {
        number: { given: source.number },
        sha256: hash.digest(),
        sourceName: source.name,
        source: 'rnu-service',
        sizeBytes,
        encoding: null,
        separator: null,
        linesRead,
        notes: [],
        ...(source.declaredHouseholds === undefined ? {} : { declaredHouseholds: source.declaredHouseholds }),
      };
    },
    options,
  );
}

function nameFields(record: Readonly<Record<string, string>>, catalogue: ColumnCatalogue): FieldReader {
  const named: Partial<Record<FieldName, string>> = {};
  for (const [name, value] of Object.entries(record)) {
    const field = catalogue.fieldOf(name);
    // JSON can carry a zero character, Postgres cannot.
    if (field !== undefined) named[field] = value.replaceAll('\0', ' ');
  }
  return (field) => named[field];
}
