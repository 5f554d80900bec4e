import { readFile } from 'node:fs/promises';
import { comparableHeader } from '../../pipeline/intake/column-catalogue.ts';
import { UnusableFile } from '../unusable-file.ts';
import { KNOWN_COLUMNS, knownColumn } from './column-aliases.ts';

/** What each header of a file means: a known column, itself, or the empty text for a column to leave out. */
export type HeaderMeaning = (header: string) => string;

const EXPECTED =
  'Attendu : un objet JSON {"en-tête du fichier": "colonne connue"}, par exemple {"nom_patronymique": "family_name"} ; null écarte la colonne.';

/** The meaning of headers without a map: known names and their French aliases, anything else as it stands. */
export const plainMeaning: HeaderMeaning = (header) => knownColumn(header) ?? header.trim();

/**
 * Reads `--fields`: an object from headers to known columns. An entry written the other way round is understood when
 * only its key is a known column. Throws `UnusableFile`.
 */
export async function readFieldsMap(path: string): Promise<HeaderMeaning> {
  const meanings = new Map<string, string>();
  for (const [key, value] of entries(path, await readFile(path, 'utf8'))) {
    const [header, column] = oriented(path, key, value);
    meanings.set(comparableHeader(header), column);
  }
  const claimed = new Set(meanings.values());
  return (header) => {
    const mapped = meanings.get(comparableHeader(header));
    if (mapped !== undefined) return mapped;
    const plain = plainMeaning(header);
    // A column that the map gives to another header is no longer what an alias says.
    return claimed.has(plain) && plain !== header.trim() ? header.trim() : plain;
  };
}

function entries(path: string, text: string): readonly (readonly [string, string | null])[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new UnusableFile(`« ${path} » n’est pas du JSON valide.`, EXPECTED);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new UnusableFile(`« ${path} » n’est pas un objet JSON.`, EXPECTED);
  return Object.entries(parsed).map(([key, value]: [string, unknown]) => {
    if (value === null || typeof value === 'string') return [key, value] as const;
    throw new UnusableFile(`« ${path} » : « ${key} » n’a pas pour valeur un texte.`, EXPECTED);
  });
}

function oriented(path: string, key: string, value: string | null): readonly [header: string, column: string] {
  if (value === null || value === '') return [key, ''];
  if (KNOWN_COLUMNS.includes(value)) return [key, value];
  if (KNOWN_COLUMNS.includes(key)) return [value, key];
  throw new UnusableFile(
    `« ${path} » : « ${value} » n’est pas une colonne connue.`,
    `Colonnes connues : ${KNOWN_COLUMNS.join(', ')}.`,
  );
}
