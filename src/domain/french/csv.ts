/**
 * CSV as a French Excel opens it: semicolons, CR LF, UTF-8 with byte order mark and no `sep=` line, which would make
 * Excel ignore the mark and break every accent.
 */

export const BYTE_ORDER_MARK = '\ufeff';

/** A cell: text, or a whole number that a sum may be made of. Null is empty. */
export type Cell = string | number | null;

/** One line, line end included. Every text is quoted, so that nothing inside it can end the cell. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(';')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return String(cell);
  return `"${inert(cell).replaceAll('"', '""')}"`;
}

/**
 * A spreadsheet runs a text that begins with one of these signs. A leading apostrophe keeps it text; plain numbers
 * cannot be formulas and stay as they are. The database keeps the original.
 */
function inert(text: string): string {
  if (/^-?\d+([.,]\d+)?$/.test(text)) return text;
  return /^[=+\-@\t\r\n\0]/.test(text) ? `'${text}` : text;
}

/** A number that identifies a person, with all but its last four signs hidden. */
export function masked(identifier: string | null): string {
  if (identifier === null) return '';
  const shown = identifier.slice(-4);
  return `${'•'.repeat(Math.max(0, identifier.length - shown.length))}${shown}`;
}
