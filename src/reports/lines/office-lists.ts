import { OFFICE_LABELS } from '../../domain/french/office-labels.ts';
import { blocks, inCatalogueOrder, REASONS, type Office, type ReasonCode } from '../../domain/reasons.ts';
import type { PersonRow } from '../../store/report/person-rows.ts';
import { column, type ReportTable } from '../table/report-table.ts';
import { PERSON_COLUMNS, personCells } from './person-columns.ts';

/** Offices that have a list of their own. */
export type ActingOffice = Exclude<Office, 'none'>;

/** What one office must do for one person. */
export interface OfficeTask {
  readonly person: PersonRow;
  /** The reasons this office acts on, in catalogue order; at least one. */
  readonly reasons: readonly ReasonCode[];
  /** Whole days waited at the close of the run. */
  readonly daysWaited: number | null;
}

/** Files of the lists, by office. */
export const OFFICE_FILES: Readonly<Record<ActingOffice, string>> = {
  RNU: 'travaux-rnu.csv',
  'etat-civil': 'travaux-etat-civil.csv',
  DAF: 'travaux-daf.csv',
  SIGICMU: 'travaux-sigicmu.csv',
  ANACMU: 'travaux-anacmu.csv',
};

export const ACTING_OFFICES = Object.keys(OFFICE_FILES) as readonly ActingOffice[];

/** `travaux-….csv`: whom an office must see, why, since when, and what to do. */
export function officeList(office: ActingOffice): ReportTable<OfficeTask> {
  return {
    file: OFFICE_FILES[office],
    sheet: `Travaux ${OFFICE_LABELS[office]}`,
    columns: [
      ...PERSON_COLUMNS,
      column('Motif', 'text', 34),
      column('Codes des motifs', 'identifier', 30),
      column('Que faire', 'text', 60),
      column('En attente depuis', 'date'),
      column('Jours d’attente', 'integer'),
    ],
    cells: ({ person, reasons, daysWaited }) => [
      ...personCells(person),
      reasons.map((code) => REASONS[code].title).join(' ; '),
      reasons.join(', '),
      reasons.map((code) => REASONS[code].remedy).join(' '),
      person.waitingSince,
      daysWaited,
    ],
  };
}

/** What an office must do for a waiting person; null when nothing. */
export function taskFor(office: ActingOffice, person: PersonRow, daysWaited: number | null): OfficeTask | null {
  const reasons = inCatalogueOrder(person.reasons).filter((code) => blocks(code) && REASONS[code].office === office);
  return reasons.length === 0 ? null : { person, reasons, daysWaited };
}
