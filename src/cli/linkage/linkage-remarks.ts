import { frenchInteger } from '../../domain/french/numbers.ts';
import { KNOWN_COLUMNS } from './column-aliases.ts';
import type { CountedLines, LinkageFile } from './linkage-file.ts';
import { shownHeaders } from './linkage-header.ts';

/** What whoever sent a file should know although it was read. French; lines by their number, never by their content. */
export function fileRemarks(file: LinkageFile, repeated: CountedLines): readonly string[] {
  const { columns } = file.header;
  const remarks: string[] = [];
  if (file.table.ids.length === 0) remarks.push('aucune ligne ne suit l’en-tête');
  if (!columns.includes('id')) remarks.push('pas de colonne « id » : le numéro de ligne en tient lieu');
  else if (file.withoutId.count > 0)
    remarks.push(`${lines(file.withoutId)} sans identifiant : leur numéro de ligne en tient lieu`);
  if (repeated.count > 0) remarks.push(`${lines(repeated)} dont l’identifiant est déjà pris : gardées et comparées`);
  if (file.unreadable.count > 0)
    remarks.push(`${lines(file.unreadable)} illisibles, laissées de côté (guillemet, longueur ou nombre de champs)`);
  if (file.short.count > 0) remarks.push(`${lines(file.short)} plus courtes que l’en-tête : la fin est inconnue`);
  if (file.encoding === 'mixte') remarks.push('encodages mêlés : UTF-8 et Windows-1252, ligne par ligne');
  const unknown = columns.filter((column) => column !== '' && !KNOWN_COLUMNS.includes(column));
  if (unknown.length > 0)
    remarks.push(`colonnes sans signification connue, comparées telles quelles : ${shownHeaders(unknown)}`);
  return remarks;
}

function lines({ count, first }: CountedLines): string {
  const numbers = first.map(frenchInteger).join(', ') + (count > first.length ? ', …' : '');
  return `${frenchInteger(count)} ${count === 1 ? 'ligne' : 'lignes'} (${numbers})`;
}

/** Columns of one file only: nothing to compare them with. */
export function unsharedRemark(left: LinkageFile, right: LinkageFile): readonly string[] {
  const only = [...unshared(left, right), ...unshared(right, left)];
  return only.length === 0 ? [] : [`colonnes d’un seul fichier, non comparées : ${shownHeaders(only)}`];
}

function unshared(file: LinkageFile, other: LinkageFile): readonly string[] {
  return file.header.columns.filter(
    (column) => column !== '' && column !== 'id' && !other.header.columns.includes(column),
  );
}

/** Rows that say exactly what an earlier one says: each was compared with the one before it of its kind only. */
export function identicalRemark(rows: number): readonly string[] {
  if (rows === 0) return [];
  return [`lignes qui répètent une ligne précédente, identifiant à part : ${frenchInteger(rows)}`];
}
