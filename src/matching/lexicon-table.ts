import type { TableLine } from '../domain/semicolon-table.ts';
import { readSemicolonTable } from '../domain/semicolon-table.ts';

/** A name file that contradicts itself or another. `code` is stable; the message names file and name. */
export class LexiconError extends Error {
  readonly code: 'LEXICON_COLUMNS' | 'LEXICON_VALUE' | 'LEXICON_SPELLING_TWICE' | 'LEXICON_CONFLICT';

  constructor(code: LexiconError['code'], file: string, detail: string) {
    super(`${file} : ${detail} (${code})`);
    this.name = 'LexiconError';
    this.code = code;
  }
}

/** Reads a name file. Throws `LEXICON_COLUMNS` when a column is missing, `ReferenceTableError` on a ragged line. */
export function readLexiconTable(file: string, text: string, columns: readonly string[]): readonly TableLine[] {
  const rows = readSemicolonTable(text, file);
  const missing = columns.find((column) => rows.some((row) => row[column] === undefined));
  if (missing !== undefined) throw new LexiconError('LEXICON_COLUMNS', file, `la colonne « ${missing} » manque`);
  return rows;
}

/** The names of a cell, separated by commas. */
export function listCell(row: TableLine, column: string): readonly string[] {
  return (row[column] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
