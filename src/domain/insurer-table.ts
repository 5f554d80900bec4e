import type { InsurerCapabilities } from './partners.ts';
import { readSemicolonTable, ReferenceTableError, type TableLine } from './semicolon-table.ts';

/** What the insurer of a code offers; of a code the table does not name, what its `*` line says. */
export type CapabilitiesOf = (insurer: string) => InsurerCapabilities;

const FILE = 'assureurs.csv';
const REST = '*';
const COLUMNS = {
  idempotencyKey: 'cle_idempotence',
  searchByReference: 'recherche_reference',
  searchByIdentity: 'recherche_identite',
} as const satisfies Readonly<Record<keyof InsurerCapabilities, string>>;

/** In force where a folder has no table: SIGICMU's contract as it is published. */
export const CONTRACT_CAPABILITIES = `assureur;${Object.values(COLUMNS).join(';')}\n*;oui;oui;non\n`;

/**
 * Reads `config/assureurs.csv`: what each insurer offers, `oui` or `non`. A wrong « oui » would have somebody sent twice,
 * so nothing is guessed: throws {@link ReferenceTableError} with every fault found.
 *
 * @param known codes of the insurers that départements belong to
 */
export function readInsurerTable(table: string, known: ReadonlySet<string>): CapabilitiesOf {
  const lines = readSemicolonTable(table, FILE);
  const faults = [...lines.flatMap((line) => faultsOf(line, known)), ...namedTwice(lines)];
  const byCode = new Map(lines.map((line) => [line['assureur'] ?? '', capabilities(line)]));
  const rest = byCode.get(REST);
  if (rest === undefined) faults.push(`la ligne « ${REST} » manque : ce qu’offrent les assureurs non nommés`);
  if (rest === undefined || faults.length > 0) throw new ReferenceTableError(`${FILE} : ${faults.join(' ; ')}.`);
  return (insurer) => byCode.get(insurer) ?? rest;
}

function faultsOf(line: TableLine, known: ReadonlySet<string>): readonly string[] {
  const { assureur = '' } = line;
  const unreadable = Object.values(COLUMNS).filter((column) => !['oui', 'non'].includes(line[column] ?? ''));
  return [
    ...(assureur === REST || known.has(assureur) ? [] : [`« ${assureur} » n’est l’assureur d’aucun département`]),
    ...unreadable.map((column) => `« ${assureur} », colonne ${column} : attendu oui ou non`),
  ];
}

function namedTwice(lines: readonly TableLine[]): string[] {
  const codes = lines.map(({ assureur = '' }) => assureur);
  const twice = new Set(codes.filter((code, index) => codes.indexOf(code) !== index));
  return [...twice].map((code) => `« ${code} » figure deux fois`);
}

function capabilities(line: TableLine): InsurerCapabilities {
  const offers = (name: keyof InsurerCapabilities): boolean => line[COLUMNS[name]] === 'oui';
  return Object.freeze({
    idempotencyKey: offers('idempotencyKey'),
    searchByReference: offers('searchByReference'),
    searchByIdentity: offers('searchByIdentity'),
  });
}
