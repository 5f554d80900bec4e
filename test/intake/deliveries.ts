import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importBatch, type FileImportOptions } from '../../src/pipeline/intake/import-batch.ts';
import type { ImportCounts, ImportResult } from '../../src/pipeline/intake/merge-batch.ts';
import { readColumnCatalogue } from '../../src/pipeline/intake/column-catalogue.ts';
import { IntakeError } from '../../src/pipeline/intake/intake-error.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

export const CAMPAIGN = 'PNBSF-2026';
export const catalogue = await readColumnCatalogue('config/columns.json');

/** The smallest header with which everything a test speaks of can be said. */
export const HEADER =
  'referenceMenage;numeroOrdre;nomComplet;lienParente;sexe;moisNaissance;anneeNaissance;numeroCni;commune';

/** A line under `HEADER`. */
export function line(reference: string, number: number, name: string, rest = '3;2;05;1990;;DIAWARA'): string {
  return `${reference};${number};${name};${rest}`;
}

/** Lines joined as a file, each ended. */
export function csv(...lines: readonly string[]): string {
  return [HEADER, ...lines].join('\n') + '\n';
}

/** A database and a folder for the files of one test file. */
export class Deliveries {
  readonly database: TestDatabase;
  readonly #directory: string;

  private constructor(database: TestDatabase, directory: string) {
    this.database = database;
    this.#directory = directory;
  }

  static async open(): Promise<Deliveries> {
    return new Deliveries(await createTestDatabase(), await mkdtemp(join(tmpdir(), 'intake-')));
  }

  /** A path of its own for every file, so that batch numbers do not collide by name. */
  path(name = `${randomBytes(6).toString('hex')}.csv`): string {
    return join(this.#directory, name);
  }

  async file(content: string | Buffer, name?: string): Promise<string> {
    const path = this.path(name);
    await writeFile(path, content);
    return path;
  }

  async importFile(path: string, options: Partial<FileImportOptions> = {}): Promise<ImportResult> {
    return importBatch(
      { path, name: path },
      { database: this.database, catalogue, campaign: CAMPAIGN, actor: 'machine', ...options },
    );
  }

  async importText(content: string | Buffer, options: Partial<FileImportOptions> = {}): Promise<ImportResult> {
    return this.importFile(await this.file(content), options);
  }

  async rows<Row extends object>(statement: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.database.pool.query<Row>(statement, [...values])).rows;
  }

  /** Rows of every table an import writes, to show that nothing changed. */
  async snapshot(): Promise<unknown> {
    const tables = [
      'batch',
      'household',
      'person',
      'household_work',
      'enrolment',
      'unreadable_line',
      'repeated_line',
      'journal',
    ];
    const entries = tables.map(async (table) => [table, await this.rows(`select * from ${table} t order by t::text`)]);
    return Object.fromEntries(await Promise.all(entries));
  }
}

/** The counts of a new import; fails when the file was known. */
export function countsOf(result: ImportResult): ImportCounts {
  if (result.alreadyImported) throw new Error('the file was already imported');
  return result.counts;
}

/** The notes of a new import, as one text. */
export function notesOf(result: ImportResult): string {
  if (result.alreadyImported) throw new Error('the file was already imported');
  return result.notes.join('\n');
}

/** The code with which an import is refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof IntakeError) return error.code;
  throw error;
}
