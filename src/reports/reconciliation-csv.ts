import { open } from 'node:fs/promises';
import { OFFICE_LABELS } from '../domain/french/office-labels.ts';
import { frenchDate } from '../domain/french/numbers.ts';
import { STATE_CODES, STATE_LABELS } from '../domain/french/state-labels.ts';
import { blocks, inCatalogueOrder, REASONS } from '../domain/reasons.ts';
import type { Executor } from '../store/database.ts';
import { reportRows, type ReportRow } from '../store/run/report-rows.ts';
import { BYTE_ORDER_MARK, csvLine, masked, type Cell } from '../domain/french/csv.ts';

const HEADER = [
  'Référence du ménage',
  'N° d’ordre',
  'Prénom(s) et nom',
  'Sexe',
  'Jour de naissance',
  'Mois de naissance',
  'Année de naissance',
  'NIN (masqué)',
  'Région',
  'Département',
  'Commune',
  'Résultat',
  'Code du résultat',
  'Motif',
  'Codes des motifs',
  'Que faire',
  'Service concerné',
  'Code d’immatriculation',
  'Assureur',
  'Début des droits',
  'Fin des droits',
  'Montant payé (FCFA)',
  'Subvention (FCFA)',
] as const;

/** Writes `rapprochement.csv`: a line per person of a closed run. Returns the number of lines written. */
export async function writeReconciliationCsv(db: Executor, runId: string, path: string): Promise<number> {
  // Readable by its owner only: these are people.
  const file = await open(path, 'w', 0o600);
  try {
    await file.write(BYTE_ORDER_MARK + csvLine(HEADER));
    let lines = 0;
    for await (const page of reportRows(db, runId)) {
      await file.write(page.map((row) => csvLine(cells(row))).join(''));
      lines += page.length;
    }
    await file.sync();
    return lines;
  } finally {
    await file.close();
  }
}

function cells(row: ReportRow): readonly Cell[] {
  const ordered = inCatalogueOrder(row.reasons);
  const [first] = ordered.filter(blocks);
  const main = first ?? ordered[0];
  return [
    row.householdRef,
    row.memberNumber,
    row.fullName,
    row.sex,
    // Three numbers: a spreadsheet makes a date of its own out of a month and a year.
    row.birthDay,
    row.birthMonth,
    row.birthYear,
    masked(row.nationalId),
    row.region,
    row.departement,
    row.commune,
    STATE_LABELS[row.state],
    STATE_CODES[row.state],
    main ? REASONS[main].title : null,
    ordered.join(', '),
    main ? REASONS[main].remedy : null,
    main ? OFFICE_LABELS[REASONS[main].office] : null,
    row.registrationCode,
    row.insurer,
    row.coverStart === null ? null : frenchDate(row.coverStart),
    row.coverEnd === null ? null : frenchDate(row.coverEnd),
    row.amountPaid,
    row.subsidy,
  ];
}
