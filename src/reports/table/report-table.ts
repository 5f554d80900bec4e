import { frenchDate } from '../../domain/french/numbers.ts';
import type { Cell } from '../../domain/french/csv.ts';

/**
 * What a column holds, the same in a CSV and in the workbook: free text, an identifier (text that no spreadsheet may
 * turn into a number), a whole number, a number with one decimal, a number that is mostly whole, or a civil date
 * (`AAAA-MM-JJ`).
 */
export type ColumnKind = 'text' | 'identifier' | 'integer' | 'decimal' | 'quantity' | 'date';

export interface ReportColumn {
  readonly title: string;
  readonly kind: ColumnKind;
  /** Width in the workbook, in characters. */
  readonly width: number;
}

export type Value = string | number | null;

/** One list or table of a report: how it is named, headed, and made of its items. */
export interface ReportTable<Item> {
  /** Name of the CSV, `rapprochement.csv`. */
  readonly file: string;
  /** Name of the sheet, at most 31 characters; null for a list that is no sheet of the workbook. */
  readonly sheet: string | null;
  readonly columns: readonly ReportColumn[];
  cells(item: Item): readonly Value[];
}

/** A column by its title; width follows from kind and title unless given. */
export function column(title: string, kind: ColumnKind = 'text', width = WIDTHS[kind]): ReportColumn {
  return { title, kind, width: Math.max(width, Math.min(title.length + 2, 24)) };
}

const WIDTHS: Readonly<Record<ColumnKind, number>> = {
  text: 26,
  identifier: 20,
  integer: 10,
  decimal: 10,
  quantity: 10,
  date: 12,
};

/** The cells of an item as a CSV for a French Excel writes them. */
export function csvCells<Item>(table: ReportTable<Item>, item: Item): readonly Cell[] {
  return table.cells(item).map((value, at) => csvValue(table.columns[at]?.kind ?? 'text', value));
}

/** Whether a number of this kind is written with its decimal. */
export function hasDecimal(kind: ColumnKind, value: number): boolean {
  return kind === 'decimal' || (kind === 'quantity' && !Number.isInteger(value));
}

/**
 * Identifiers a spreadsheet makes something else of, quotes or not: leading zeros go, digits beyond the fifteenth become
 * zeros, `12E5` becomes 1 200 000 and `3-12` a day in December. A leading apostrophe keeps them as they are.
 */
const CONVERTED = /^(?:0\d+|\d{16,}|\d+(?:[.,]\d+)?[eE]\d+|\d{1,4}[-/]\d{1,2}(?:[-/]\d{1,4})?)$/;

function csvValue(kind: ColumnKind, value: Value): Cell {
  if (value === null) return null;
  if (kind === 'date') return frenchDate(String(value));
  if (kind === 'identifier' && typeof value === 'string' && CONVERTED.test(value)) return `'${value}`;
  // With a comma, as French spreadsheets read it.
  if (typeof value === 'number' && hasDecimal(kind, value)) return value.toFixed(1).replace('.', ',');
  return value;
}
