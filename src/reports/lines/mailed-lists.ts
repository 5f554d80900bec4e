import { OFFICE_LABELS } from '../../domain/french/office-labels.ts';
import { outcomeWords } from '../../domain/french/outcome-words.ts';
import { inCatalogueOrder, REASONS } from '../../domain/reasons.ts';
import type { PersonRow } from '../../store/report/person-rows.ts';
import { column, type ReportTable } from '../table/report-table.ts';
import { mainReason } from './main-reason.ts';

/**
 * The list of people as it may leave by mail: enough to find a person in the system and to act, nothing that says who
 * they are. One for the whole run (`region` empty) and one per région.
 */
export function mailedList(region: string): ReportTable<PersonRow> {
  return {
    file: mailedListFile(region),
    sheet: null,
    columns: [
      column('Référence du ménage', 'identifier'),
      column('N° d’ordre', 'integer'),
      column('Résultat'),
      column('Code du résultat', 'identifier'),
      column('Motif'),
      column('Codes des motifs', 'identifier'),
      column('Service concerné'),
      column('Que faire'),
    ],
    cells(row) {
      const main = mainReason(row.reasons);
      const outcome = outcomeWords(row.state, row.reasons);
      return [
        row.householdRef,
        row.memberNumber,
        outcome.label,
        outcome.code,
        main ? REASONS[main].title : null,
        inCatalogueOrder(row.reasons).join(', '),
        main ? OFFICE_LABELS[REASONS[main].office] : null,
        main ? REASONS[main].remedy : null,
      ];
    },
  };
}

/** Name of a mailed list: `envoi-personnes.csv`, `envoi-personnes-saint-louis.csv`. */
export function mailedListFile(region: string): string {
  const name = region
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return region === '' ? 'envoi-personnes.csv' : `envoi-personnes-${name}.csv`;
}
