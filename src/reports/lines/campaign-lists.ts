import { inCatalogueOrder, REASONS, type ReasonCode } from '../../domain/reasons.ts';
import type { PersonRow } from '../../store/report/person-rows.ts';
import { column, type ReportTable } from '../table/report-table.ts';
import { PERSON_COLUMNS, personCells } from './person-columns.ts';

const UNDECLARED: readonly ReasonCode[] = ['NON_DECLARE_EC', 'ACTE_NON_TROUVE'];
const WITHOUT_CARD: readonly ReasonCode[] = ['NIN_ABSENT', 'NUMERO_CARTE_SAISI', 'CNI_EXPIREE'];

/** `audiences-foraines.csv`: whose birth no register shows, commune by commune, for the travelling court sittings. */
export const COURT_SITTINGS = campaignList('audiences-foraines.csv', 'Audiences foraines');

/** `campagnes-cni.csv`: who has no valid card or number, commune by commune, for the DAF's campaigns. */
export const ID_CARD_CAMPAIGNS = campaignList('campagnes-cni.csv', 'Campagnes CNI');

/** Whether a waiting person belongs on the list for court sittings. */
export function isUndeclared({ reasons }: PersonRow): boolean {
  return reasons.some((code) => UNDECLARED.includes(code));
}

/** Whether a person belongs on the list for card campaigns: of an age to have one, or with one that has expired. */
export function needsCard({ reasons, age }: PersonRow, compulsoryFromAge: number): boolean {
  return reasons.some((code) => WITHOUT_CARD.includes(code)) && (age === null || age >= compulsoryFromAge);
}

function campaignList(file: string, sheet: string): ReportTable<PersonRow> {
  return {
    file,
    sheet,
    columns: [...PERSON_COLUMNS, column('Âge', 'integer', 6), column('Motif', 'text', 40)],
    cells: (row) => [
      ...personCells(row),
      row.age,
      inCatalogueOrder(row.reasons)
        .filter((code) => [...UNDECLARED, ...WITHOUT_CARD].includes(code))
        .map((code) => REASONS[code].title)
        .join(' ; '),
    ],
  };
}
