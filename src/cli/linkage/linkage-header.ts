import { lexLine, newLexState } from '../../pipeline/intake/csv-lexer.ts';
import type { TextLine } from '../../pipeline/intake/line-decoder.ts';
import { UnusableFile } from '../unusable-file.ts';
import { KNOWN_COLUMNS } from './column-aliases.ts';
import type { HeaderMeaning } from './fields-map.ts';

const SEPARATORS = [',', ';', '\t'] as const;
const SHOWN = 12;
const LONGEST_SHOWN = 30;

/** The first line of a file to be linked. */
export interface LinkageHeader {
  readonly separator: string;
  /** Headers as the file writes them. */
  readonly headers: readonly string[];
  /** What each means; the empty text for a column to leave out. */
  readonly columns: readonly string[];
}

/** Blank lines and a spreadsheet's `sep=;` come before the header. */
export function precedesHeader(line: TextLine): boolean {
  return /^(\s*|sep=.?)$/i.test(line.text);
}

/**
 * Reads the header under the separator that makes most columns known, the commonest one among equals. Throws
 * `UnusableFile` when no column is known, so that a file without a header never passes its first person for one.
 */
export function readLinkageHeader(line: TextLine, path: string, meaning: HeaderMeaning): LinkageHeader {
  if (line.overlong) throw notReadable(path, 'La première ligne est trop longue pour un en-tête.');
  const readings = SEPARATORS.flatMap((separator) => {
    const state = newLexState();
    if (lexLine(line.text, separator, state) !== 'complete') return [];
    const headers = withoutTrailingBlanks(state.fields.map((header) => header.trim()));
    const columns = meanings(headers, meaning);
    return [{ separator, headers, columns, known: columns.filter((column) => KNOWN_COLUMNS.includes(column)).length }];
  });
  const [best] = readings.sort((a, b) => b.known - a.known || b.headers.length - a.headers.length);
  if (!best) throw notReadable(path, 'Un guillemet de l’en-tête n’est pas refermé.');
  if (best.known === 0)
    throw notReadable(path, `Aucune colonne connue dans l’en-tête (${shown(best.headers.length)}).`);
  const twice = best.columns.find((column, at) => column !== '' && best.columns.indexOf(column) !== at);
  if (twice === undefined) return best;
  const named = best.headers.filter((_, at) => best.columns[at] === twice).map((header) => `« ${header} »`);
  throw new UnusableFile(
    `« ${path} » : ${named.join(' et ')} désignent la même colonne, ${twice}.`,
    'N’en garder qu’une, ou écarter l’autre par --fields : {"en-tête": null}.',
  );
}

/** A column under its very name is that column; another whose alias says the same stays a column of its own. */
function meanings(headers: readonly string[], meaning: HeaderMeaning): readonly string[] {
  return headers.map((header) => {
    const column = meaning(header);
    return column !== header && headers.includes(column) && meaning(column) === column ? header : column;
  });
}

function withoutTrailingBlanks(headers: readonly string[]): readonly string[] {
  let width = headers.length;
  while (width > 1 && headers[width - 1] === '') width--;
  return headers.slice(0, width);
}

function notReadable(path: string, what: string): UnusableFile {
  return new UnusableFile(
    `« ${path} » : ${what}`,
    `La première ligne nomme les colonnes, séparées par , ; ou une tabulation. Connues : ${KNOWN_COLUMNS.join(', ')}. ` +
      'Pour d’autres noms : --fields.',
  );
}

/** How many columns were read: their names may be a person's when the header is missing. */
function shown(count: number): string {
  return count === 1 ? 'une colonne' : `${count} colonnes`;
}

/** Headers for a message, cut so that a wrong file cannot fill a screen. */
export function shownHeaders(headers: readonly string[]): string {
  const names = headers.slice(0, SHOWN).map((header) => header.slice(0, LONGEST_SHOWN));
  return names.join(', ') + (headers.length > SHOWN ? ', …' : '');
}
