import { readFile } from 'node:fs/promises';
import { FIELD_NAMES, isFieldName, type FieldName } from './field-names.ts';

/** Fields whose values are codes or words that stand for a code. */
export type CodedField = 'sexe' | 'milieu' | 'inscritEtatCivil' | 'lienParente';
const CODED_FIELDS: readonly CodedField[] = ['sexe', 'milieu', 'inscritEtatCivil', 'lienParente'];

/** For a catalogue that names none. */
const MEMBER_ELEMENTS: readonly string[] = ['membre'];

/** How columns and values are written by those who send files: `config/columns.json`, indexed for reading. */
export interface ColumnCatalogue {
  /** The field a header names, if any. */
  fieldOf(header: string): FieldName | undefined;
  /** An XML element of this name describes one member. */
  isMemberElement(name: string): boolean;
  /** The code a written value stands for, if any. */
  codeOf(field: CodedField, written: string): string | undefined;
  /** The value says that nothing is known. */
  isEmpty(written: string): boolean;
  readonly unknownMonths: ReadonlySet<string>;
  readonly unknownYears: ReadonlySet<string>;
  /** Order numbers that say that a parent is outside the household, dead or unknown. */
  readonly outsideHousehold: ReadonlySet<string>;
  /** 01/01 is how the source writes that only the year is known. */
  readonly firstOfJanuaryMeansYearOnly: boolean;
  /** Year in which ages were asked; null when it is not known, and then an age says nothing. */
  readonly ageReferenceYear: number | null;
}

/** `config/columns.json` cannot be used. `faults` names every place that is wrong. */
export class ColumnCatalogueError extends Error {
  override readonly name = 'ColumnCatalogueError';
  readonly code = 'CATALOGUE_DES_COLONNES_INVALIDE';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`config/columns.json : ${faults.join(' ; ')}`);
    this.faults = faults;
  }
}

/** Reads and checks the catalogue. Throws `ColumnCatalogueError` with all faults at once. */
export async function readColumnCatalogue(path: string): Promise<ColumnCatalogue> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new ColumnCatalogueError([error instanceof SyntaxError ? 'JSON invalide' : 'fichier illisible']);
  }
  return columnCatalogue(parsed);
}

/** Indexes a catalogue. Throws `ColumnCatalogueError` with all faults at once. */
export function columnCatalogue(document: unknown): ColumnCatalogue {
  const faults: string[] = [];
  const root = record(document, 'racine', faults);
  const headers = indexAliases(record(root['aliases'], 'aliases', faults), faults);
  const values = record(root['values'], 'values', faults);
  const codes = new Map(CODED_FIELDS.map((field) => [field, indexCodes(field, values[field], faults)]));
  const set = (key: string): ReadonlySet<string> => new Set(strings(root[key], key, faults));
  const empty = new Set(strings(root['emptyMarkers'], 'emptyMarkers', faults).map((marker) => marker.toUpperCase()));
  const longest = Math.max(0, ...[...empty].map((marker) => marker.length));
  const { firstOfJanuaryMeansYearOnly: firstOfJanuary, ageReferenceYear: ageYear } = root;
  if (typeof firstOfJanuary !== 'boolean') faults.push('firstOfJanuaryMeansYearOnly : booléen attendu');
  if (ageYear !== null && !Number.isInteger(ageYear)) faults.push('ageReferenceYear : année ou null attendu');
  const memberElements = new Set(
    (root['memberElements'] === undefined
      ? MEMBER_ELEMENTS
      : strings(root['memberElements'], 'memberElements', faults)
    ).map(comparableHeader),
  );
  const catalogue: ColumnCatalogue = {
    fieldOf: (header) => headers.get(comparableHeader(header)),
    isMemberElement: (name) => memberElements.has(comparableHeader(name)),
    codeOf: (field, written) => lookUp(codes.get(field), written),
    isEmpty: (written) => written === '' || (written.length <= longest && empty.has(written.toUpperCase())),
    unknownMonths: set('unknownMonths'),
    unknownYears: set('unknownYears'),
    outsideHousehold: set('outsideHousehold'),
    firstOfJanuaryMeansYearOnly: firstOfJanuary === true,
    ageReferenceYear: typeof ageYear === 'number' ? ageYear : null,
  };
  if (faults.length > 0) throw new ColumnCatalogueError(faults);
  return catalogue;
}

/** Headers are compared without case, accents, spaces or punctuation: `N° CNI` is `ncni`. */
export function comparableHeader(text: string): string {
  return unaccented(text).replace(/[^a-z0-9]/g, '');
}

// Digits are the rule, words the exception: only a word pays for the comparison without case and accents.
function lookUp(codes: ReadonlyMap<string, string> | undefined, written: string): string | undefined {
  return codes?.get(written) ?? codes?.get(comparable(written));
}

function comparable(text: string): string {
  return unaccented(text).trim();
}

function unaccented(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe');
}

function indexAliases(aliases: Readonly<Record<string, unknown>>, faults: string[]): ReadonlyMap<string, FieldName> {
  const headers = new Map<string, FieldName>(FIELD_NAMES.map((field) => [comparableHeader(field), field]));
  for (const [field, names] of Object.entries(aliases)) {
    if (!isFieldName(field)) {
      faults.push(`aliases.${field} : champ inconnu`);
      continue;
    }
    for (const name of strings(names, `aliases.${field}`, faults)) {
      const key = comparableHeader(name);
      const taken = headers.get(key);
      if (key === '') faults.push(`aliases.${field} : « ${name} » ne contient ni lettre ni chiffre`);
      else if (taken !== undefined && taken !== field)
        faults.push(`aliases.${field} : « ${name} » désigne déjà ${taken}`);
      else headers.set(key, field);
    }
  }
  return headers;
}

function indexCodes(field: CodedField, words: unknown, faults: string[]): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  for (const [code, written] of Object.entries(record(words, `values.${field}`, faults))) {
    for (const word of strings(written, `values.${field}.${code}`, faults)) {
      const taken = codes.get(comparable(word));
      if (taken !== undefined && taken !== code)
        faults.push(`values.${field}.${code} : « ${word} » désigne déjà ${taken}`);
      codes.set(comparable(word), code);
    }
  }
  return codes;
}

function record(value: unknown, where: string, faults: string[]): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  faults.push(`${where} : objet attendu`);
  return {};
}

function strings(value: unknown, where: string, faults: string[]): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  faults.push(`${where} : liste de textes attendue`);
  return [];
}
