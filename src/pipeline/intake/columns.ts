import type { ColumnCatalogue } from './column-catalogue.ts';
import { REQUIRED_FIELDS, type FieldName, type FieldReader } from './field-names.ts';
import { IntakeError } from './intake-error.ts';

/** Headers shown in an error, so that a wrong file cannot fill a screen. */
const SHOWN_HEADERS = 40;

/** A file without a header begins with people's data, which must not be repeated in a message. */
const NO_HEADER = 'aucun nom de colonne reconnu sur la première ligne';

/** The columns of one file. */
export interface Columns {
  /** Number of fields in the header, known or not. */
  readonly width: number;
  /** Headers that name no field, in file order; they are not read. */
  readonly ignored: readonly string[];
  /** The header as the file writes it; the canonical name when the field has no column. */
  readonly labelOf: (field: string) => string;
  /** Names the fields of one line. */
  readonly read: (cells: readonly string[]) => FieldReader;
}

/** Recognises a header. Throws `COLONNES_MANQUANTES` or `COLONNES_EN_DOUBLE`. */
export function recogniseColumns(header: readonly string[], catalogue: ColumnCatalogue): Columns {
  const found = header.map((label, index) => ({ label: label.trim(), index, field: catalogue.fieldOf(label) }));
  const labels = new Map<string, string>();
  const positions: Partial<Record<FieldName, number>> = {};
  const doubles: string[] = [];
  for (const { field, index, label } of found) {
    if (field === undefined) continue;
    const first = labels.get(field);
    if (first === undefined) labels.set(field, label);
    else doubles.push(`${first} et ${label}`);
    positions[field] ??= index;
  }
  const missing = REQUIRED_FIELDS.filter((field) => !labels.has(field));
  if (missing.length > 0)
    throw new IntakeError('COLONNES_MANQUANTES', {
      manquantes: missing.join(', '),
      lues: labels.size > 0 ? shown(header) : NO_HEADER,
    });
  if (doubles.length > 0) throw new IntakeError('COLONNES_EN_DOUBLE', { doubles: doubles.join(', ') });
  return {
    width: header.length,
    ignored: found.filter(({ field, label }) => field === undefined && label !== '').map(({ label }) => label),
    labelOf: (field) => labels.get(field) ?? field,
    read: (cells) => (field) => {
      const index = positions[field];
      return index === undefined ? undefined : cells[index];
    },
  };
}

/** How many fields a header would give: by this the separator is recognised. */
export function countKnownColumns(header: readonly string[], catalogue: ColumnCatalogue): number {
  return header.filter((label) => catalogue.fieldOf(label) !== undefined).length;
}

function shown(header: readonly string[]): string {
  const labels = header.slice(0, SHOWN_HEADERS).map((label) => label.trim().slice(0, SHOWN_HEADERS));
  return labels.join(', ') + (header.length > SHOWN_HEADERS ? ', …' : '');
}
