import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { hasDecimal, type ColumnKind, type ReportColumn, type ReportTable, type Value } from './report-table.ts';

/**
 * The workbook of a report: a sheet per table, columns typed, identifiers as text, the first line fixed. It is made in
 * memory: beyond `maxLines` a sheet says where the whole list is.
 */
export class Workbook {
  readonly #sheets = new Map<
    string,
    { columns: readonly ReportColumn[]; data: SheetData; left: number; file: string }
  >();
  readonly #maxLines: number;

  constructor(maxLines: number) {
    this.#maxLines = Math.min(maxLines, SHEET_LINES);
  }

  /** Adds a table's sheet, empty; sheets stand in the order of these calls. */
  add<Item>({ sheet, columns, file }: ReportTable<Item>): void {
    if (sheet === null) return;
    const header = columns.map(({ title }) => ({ value: title, ...HEADER_STYLE }));
    this.#sheets.set(sheet, { columns, data: [header], left: 0, file });
  }

  /** Adds lines to a table's sheet. */
  write<Item>(table: ReportTable<Item>, items: readonly Item[]): void {
    if (table.sheet === null) return;
    const sheet = this.#sheets.get(table.sheet);
    if (!sheet) throw new Error(`sheet "${table.sheet}" was not added`);
    for (const item of items) {
      if (sheet.data.length > this.#maxLines) sheet.left += 1;
      else sheet.data.push(table.cells(item).map((value, at) => typedCell(table.columns[at]?.kind ?? 'text', value)));
    }
  }

  async toBuffer(): Promise<Buffer> {
    const sheets = [...this.#sheets].map(([name, { columns, data, left, file }]) => ({
      sheet: name,
      data:
        left === 0
          ? data
          : [...data, [{ value: `… et ${left} autres lignes : voir ${file}`, fontWeight: 'bold' as const }]],
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      orientation: 'landscape' as const,
    }));
    // Without a family each program takes its own for headers, and another than for cells.
    return writeExcelFile(sheets, { fontFamily: 'Calibri', fontSize: 11 }).toBuffer();
  }
}

/** What Excel opens: 1 048 576 lines a sheet, of which header and last remark take two, and 32 767 signs a cell. */
const SHEET_LINES = 1_048_574;
const CELL_SIGNS = 32_767;

const HEADER_STYLE = { type: String, fontWeight: 'bold', backgroundColor: '#e8eef4', wrap: true } as const;

function typedCell(kind: ColumnKind, value: Value): SheetData[number][number] {
  if (value === null || value === '') return null;
  switch (kind) {
    case 'integer':
    case 'quantity':
    case 'decimal':
      return typeof value === 'number' ? numberCell(value, hasDecimal(kind, value)) : { type: String, value };
    case 'date':
      // A civil date is no instant: midnight UTC is what the library writes as a bare day.
      return { type: Date, value: new Date(`${value}T00:00:00Z`), format: 'dd/mm/yyyy' };
    case 'text':
    case 'identifier':
      return { type: String, value: String(value).replace(NOT_XML, '').slice(0, CELL_SIGNS), format: '@' };
  }
}

/** Rounded as in the CSV: the two say the same. */
function numberCell(value: number, decimal: boolean): SheetData[number][number] {
  const rounded = decimal ? Number(value.toFixed(1)) : value;
  return { type: Number, value: rounded, format: decimal ? '#,##0.0' : '#,##0' };
}

/** Signs that XML cannot carry: one of them in one name would make the whole workbook unreadable. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
