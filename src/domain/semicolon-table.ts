/** A line of a reference table: column name → text. */
export type TableLine = Readonly<Record<string, string>>;

/** Thrown when a reference table edited by hand no longer has its columns. Start-up stops and names file and line. */
export class ReferenceTableError extends Error {
  readonly code = 'TABLE_DE_REFERENCE';
}

/**
 * Reads the small reference tables staff edit (`config/*.csv`): first line names the columns, fields are separated by
 * `;` and hold no quotes. Empty lines are skipped.
 */
export function readSemicolonTable(text: string, tableName: string): readonly TableLine[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = (lines[0] ?? '').split(';').map((column) => column.trim());
  return lines.slice(1).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const fields = line.split(';');
    if (fields.length !== columns.length)
      throw new ReferenceTableError(
        `${tableName}, ligne ${index + 2} : ${fields.length} champs au lieu de ${columns.length}.`,
      );
    return [Object.fromEntries(columns.map((column, at) => [column, (fields[at] ?? '').trim()]))];
  });
}
