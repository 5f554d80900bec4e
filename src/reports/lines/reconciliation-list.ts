import { OFFICE_LABELS } from '../../domain/french/office-labels.ts';
import { outcomeWords } from '../../domain/french/outcome-words.ts';
import { inCatalogueOrder, REASONS } from '../../domain/reasons.ts';
import type { PersonRow } from '../../store/report/person-rows.ts';
import { column, type ReportTable } from '../table/report-table.ts';
import { mainReason } from './main-reason.ts';
import { PERSON_COLUMNS, personCells } from './person-columns.ts';

/** `rapprochement.csv`: what became of every person of the run. */
export const RECONCILIATION_LIST: ReportTable<PersonRow> = {
  file: 'rapprochement.csv',
  sheet: 'Rapprochement',
  columns: [
    ...PERSON_COLUMNS,
    column('Résultat'),
    column('Code du résultat', 'identifier'),
    column('Motif', 'text', 34),
    column('Codes des motifs', 'identifier', 30),
    column('Que faire', 'text', 60),
    column('Service concerné', 'text', 16),
    column('Code d’immatriculation', 'identifier'),
    column('Assureur'),
    column('Début des droits', 'date'),
    column('Fin des droits', 'date'),
    column('Montant payé (FCFA)', 'integer'),
    column('Subvention (FCFA)', 'integer'),
  ],
  cells(row) {
    const main = mainReason(row.reasons);
    const outcome = outcomeWords(row.state, row.reasons);
    return [
      ...personCells(row),
      outcome.label,
      outcome.code,
      main ? REASONS[main].title : null,
      inCatalogueOrder(row.reasons).join(', '),
      main ? REASONS[main].remedy : null,
      main ? OFFICE_LABELS[REASONS[main].office] : null,
      row.registrationCode,
      row.insurer,
      row.coverStart,
      row.coverEnd,
      row.amountPaid,
      row.subsidy,
    ];
  },
};
