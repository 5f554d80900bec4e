import { DIFFERENCES } from '../../domain/differences.ts';
import { OFFICE_LABELS } from '../../domain/french/office-labels.ts';
import type { DifferenceRow } from '../../store/run/difference-rows.ts';
import { column, type ReportTable } from '../table/report-table.ts';

/** `ecarts.csv`: every difference between the RNU, our records and SIGICMU, with the office that resolves it. */
export const DIFFERENCES_LIST: ReportTable<DifferenceRow> = {
  file: 'ecarts.csv',
  sheet: 'Écarts',
  columns: [
    column('Écart', 'text', 40),
    column('Code de l’écart', 'identifier'),
    column('Référence de la personne', 'identifier'),
    column('Référence du ménage', 'identifier'),
    column('Prénom(s) et nom'),
    column('Région'),
    column('Département'),
    column('Commune'),
    column('Ici', 'identifier', 24),
    column('Dans SIGICMU', 'identifier', 24),
    column('Explication', 'text', 60),
    column('Que faire', 'text', 60),
    column('Service concerné', 'text', 16),
  ],
  cells(row) {
    const { title, explanation, remedy, office } = DIFFERENCES[row.kind];
    return [
      title,
      row.kind,
      row.personRef === '' ? null : row.personRef,
      row.householdRef,
      row.fullName,
      row.region,
      row.departement,
      row.commune,
      row.here,
      row.there,
      explanation,
      remedy,
      OFFICE_LABELS[office],
    ];
  },
};

/**
 * `envoi-ecarts.csv`: the differences as they may leave by mail. Names are left out, and so is what each side holds,
 * which is a name where names differ.
 */
export const MAILED_DIFFERENCES: ReportTable<DifferenceRow> = {
  file: 'envoi-ecarts.csv',
  sheet: null,
  columns: [
    column('Écart'),
    column('Code de l’écart', 'identifier'),
    column('Référence de la personne', 'identifier'),
    column('Référence du ménage', 'identifier'),
    column('Que faire'),
    column('Service concerné'),
  ],
  cells(row) {
    const { title, remedy, office } = DIFFERENCES[row.kind];
    const personRef = row.personRef === '' ? null : row.personRef;
    return [title, row.kind, personRef, row.householdRef, remedy, OFFICE_LABELS[office]];
  },
};
