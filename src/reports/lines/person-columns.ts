import type { PersonRow } from '../../store/report/person-rows.ts';
import { column, type Value } from '../table/report-table.ts';

/** Who the person is, as every list of a report begins. */
export const PERSON_COLUMNS = [
  column('Référence du ménage', 'identifier'),
  column('N° d’ordre', 'integer'),
  column('Prénom(s) et nom'),
  column('Sexe', 'text', 6),
  // Three numbers: a spreadsheet makes a date of its own out of a month and a year.
  column('Jour de naissance', 'integer', 6),
  column('Mois de naissance', 'integer', 6),
  column('Année de naissance', 'identifier', 8),
  column('NIN (masqué)', 'identifier'),
  column('Région'),
  column('Département'),
  column('Commune'),
] as const;

/** The cells of {@link PERSON_COLUMNS}. */
export function personCells(row: PersonRow): readonly Value[] {
  return [
    row.householdRef,
    row.memberNumber,
    row.fullName,
    row.sex,
    row.birthDay,
    row.birthMonth,
    // A year is no quantity: 2 014 would be read as one.
    row.birthYear === null ? null : String(row.birthYear),
    row.nationalIdMasked,
    row.region,
    row.departement,
    row.commune,
  ];
}
