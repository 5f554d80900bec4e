import type { Indicator } from '../indicators/indicator.ts';
import { column, type ReportTable } from '../table/report-table.ts';

/** `synthese.csv`: every figure of the run, each with what it is a part of. */
export const SUMMARY_TABLE: ReportTable<Indicator> = {
  file: 'synthese.csv',
  sheet: 'Synthèse',
  columns: [
    column('Rubrique', 'text', 28),
    column('Indicateur', 'text', 44),
    column('Ventilation', 'text', 24),
    column('Modalité', 'text', 40),
    column('Nombre', 'integer', 14),
    column('Sur', 'integer', 14),
    column('Taux (%)', 'decimal'),
  ],
  cells: ({ group, label, by, value, count, of }) => [
    group,
    label,
    by,
    value,
    count,
    of,
    count === null || of === null || of === 0 ? null : (100 * count) / of,
  ],
};
