import { readFile } from 'node:fs/promises';
import type { LedgerFact, ReportFact, TruthFact } from './facts.ts';

/** Truth or ledger: one JSON object a line. */
export async function readTruth(path: string): Promise<readonly TruthFact[]> {
  return (await jsonLines(path)) as readonly TruthFact[];
}

export async function readLedger(path: string): Promise<readonly LedgerFact[]> {
  return (await jsonLines(path)) as readonly LedgerFact[];
}

async function jsonLines(path: string): Promise<readonly unknown[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line): unknown => JSON.parse(line));
}

/** Lines of a batch file without its header; the invented ones have no line breaks inside a cell. */
export async function countLines(path: string): Promise<number> {
  return (await readFile(path, 'latin1')).split('\n').filter((line) => line !== '').length - 1;
}

const COLUMNS = {
  household: 'Référence du ménage',
  member: 'N° d’ordre',
  outcome: 'Code du résultat',
  code: 'Code d’immatriculation',
} as const;

/** Reads `rapprochement.csv`. Throws when a column it needs is missing. */
export async function readReport(path: string): Promise<readonly ReportFact[]> {
  const [head = [], ...rows] = csvRows((await readFile(path, 'utf8')).replace(/^\ufeff/, ''));
  const at = (name: string): number => {
    const index = head.indexOf(name);
    if (index < 0) throw new Error(`${path}: no column « ${name} »`);
    return index;
  };
  const columns = { household: at(COLUMNS.household), member: at(COLUMNS.member), outcome: at(COLUMNS.outcome) };
  const code = at(COLUMNS.code);
  return rows.map((cells) => ({
    householdRef: cells[columns.household] ?? '',
    memberNumber: Number(cells[columns.member]),
    outcome: cells[columns.outcome] ?? '',
    registrationCode: cells[code] ?? '',
  }));
}

/** Cells between semicolons, quoted where they need to be, `""` for a quote. */
function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r\n|$)/g)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ';') continue;
    if (row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}
