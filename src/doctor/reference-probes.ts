import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSemicolonTable } from '../domain/semicolon-table.ts';
import { readReferenceData } from '../reference-data.ts';
import { bad, good, type Finding, type Probe } from './check.ts';
import { errorLabel } from './error-label.ts';

/** Looks at the tables staff edit: readable, and no département without an insurer. */
export function referenceProbes(folder: string): readonly Probe[] {
  return [
    { name: 'tables de référence', look: () => tables(folder) },
    { name: 'assureurs des départements', look: () => insurers(folder) },
  ];
}

async function tables(folder: string): Promise<Finding> {
  try {
    await readReferenceData(folder);
    return good('politique, lieux, noms et colonnes lisibles');
  } catch (error) {
    return bad(problem(error), 'Corrigez ce fichier, ou retirez PNBSF_CONFIG pour reprendre les tables du produit.');
  }
}

async function insurers(folder: string): Promise<Finding> {
  const name = 'departements.csv';
  try {
    const lines = readSemicolonTable(await readFile(join(folder, name), 'utf8'), name);
    const without = lines.filter((line) => (line['assureur'] ?? '') === '').map((line) => line['departement'] ?? '');
    if (without.length === 0) return good(`${lines.length} départements, tous ont un assureur`);
    return bad(
      `sans assureur : ${without.join(', ')}`,
      `Complétez la colonne « assureur » de ${name} : personne n’y sera enrôlé en attendant.`,
    );
  } catch (error) {
    return bad(problem(error), `Corrigez ${name}.`);
  }
}

/** Our readers name file and place; they quote no person, for there is none in these tables. */
function problem(error: unknown): string {
  const { code, path, message } = error as { code?: unknown; path?: unknown; message?: unknown };
  if (code === 'ENOENT' && typeof path === 'string') return `fichier introuvable : ${path}`;
  if (typeof code === 'string' && /^[A-Z_]{6,}$/.test(code) && typeof message === 'string') return message;
  return `illisible (${errorLabel(error)})`;
}
