import type { HouseholdCover } from '../../store/report/household-cover.ts';
import { column, type ReportTable } from '../table/report-table.ts';

/** `menages-incomplets.csv`: households of the run that have a living member without cover. */
export const INCOMPLETE_HOUSEHOLDS: ReportTable<HouseholdCover> = {
  file: 'menages-incomplets.csv',
  sheet: 'Ménages incomplets',
  columns: [
    column('Référence du ménage', 'identifier'),
    column('Région'),
    column('Département'),
    column('Commune'),
    column('Membres', 'integer'),
    column('Couverts', 'integer'),
    column('À vérifier', 'integer'),
    column('Autres non couverts', 'integer'),
  ],
  cells: ({ householdRef, region, departement, commune, living, covered, toReview }) => [
    householdRef,
    region,
    departement,
    commune,
    living,
    covered,
    toReview,
    living - covered - toReview,
  ],
};

/** Whether some living member is not covered yet. */
export function isIncomplete({ living, covered }: HouseholdCover): boolean {
  return covered < living;
}
