import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { comparableHeader } from './column-catalogue.ts';
import type { DeclaredTotals } from './declared-totals.ts';
import { errorProperty } from './error-property.ts';
import { IntakeError } from './intake-error.ts';

/** What a control file says of a batch. */
export interface ControlFile extends DeclaredTotals {
  /** Names of the batch's files in order; null: the file that bears the control file's own name. */
  readonly files: readonly string[] | null;
  readonly number: string | null;
  /** The batch names everybody the RNU knows. */
  readonly fullList: boolean;
}

/** `LOT.controle.json` and `LOT.controle.csv` speak of batch `LOT`. */
const CONTROL_NAME = /^(.+)\.(?:controle|contrôle)\.(?:json|csv)$/i;

/** The batch a file name announces the totals of; null for any other file. */
export function controlledBatch(fileName: string): string | null {
  return CONTROL_NAME.exec(fileName)?.[1] ?? null;
}

/**
 * Reads a control file: JSON `{"menages": 10, "personnes": 52, "fichiers": ["A.csv", "B.csv"], "lot": "LOT-7",
 * "listeComplete": true}`, each optional, or CSV with these as columns and one line, files separated by `|`. Throws `CONTROLE_ILLISIBLE`.
 */
export async function readControlFile(path: string): Promise<ControlFile> {
  const refuse = (detail: string): IntakeError =>
    new IntakeError('CONTROLE_ILLISIBLE', { nom: basename(path), detail });
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    throw refuse(errorProperty(error, 'code') ?? 'lecture impossible');
  }
  const said = path.toLowerCase().endsWith('.json') ? fromJson(text) : fromCsv(text);
  if (said === null) throw refuse('ni JSON ni CSV attendu');
  const fullList = yesOrNo(said.get('listecomplete'));
  const control = { files: filesOf(said.get('fichiers')), number: textOf(said.get('lot')) };
  const people = countOf(said.get('personnes'));
  const households = countOf(said.get('menages'));
  if (people === null || households === null || control.files === undefined)
    throw refuse('nombre entier ou liste de noms de fichiers attendu');
  if (fullList === null) throw refuse('« listeComplete » : oui ou non attendu');
  if (people === undefined && households === undefined && control.files === null && !fullList)
    throw refuse('rien n’y est annoncé');
  return {
    files: control.files,
    number: control.number,
    fullList,
    ...(people === undefined ? {} : { people }),
    ...(households === undefined ? {} : { households }),
  };
}

function fromJson(text: string): ReadonlyMap<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return new Map(Object.entries(value).map(([key, one]) => [comparableHeader(key), one as unknown]));
  } catch {
    return null; // not JSON, which is all there is to say
  }
}

function fromCsv(text: string): ReadonlyMap<string, unknown> | null {
  const [header, line, ...more] = text.split(/\r\n?|\n/).filter((one) => one.trim() !== '');
  if (header === undefined || line === undefined || more.length > 0) return null;
  const separator = header.includes(';') ? ';' : ',';
  const values = line.split(separator);
  return new Map(header.split(separator).map((name, at) => [comparableHeader(name), values[at]?.trim() ?? '']));
}

/** Undefined: not said. Null: said, and no number. */
function countOf(value: unknown): number | null | undefined {
  if (value === undefined || value === '') return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Null: said, and neither yes nor no. A list that may not be complete is none: whoever is missing would be taken to have left. */
function yesOrNo(value: unknown): boolean | null {
  if (value === undefined || value === '' || value === false) return false;
  if (value === true) return true;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return text === 'oui' ? true : text === 'non' ? false : null;
}

/** Null: not said. Undefined: said, and no list of plain file names. */
function filesOf(value: unknown): readonly string[] | null | undefined {
  if (value === undefined || value === '') return null;
  const list = typeof value === 'string' ? value.split('|').map((name) => name.trim()) : value;
  // A name, never a path: a control file must not reach outside its folder.
  const plain = (name: unknown): boolean =>
    typeof name === 'string' && /^[^/\\\0]+$/.test(name) && !name.startsWith('.');
  if (!Array.isArray(list) || list.length === 0 || !list.every(plain)) return undefined;
  return list as string[];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
