import { RENEWAL_HORIZONS, type RenewalDue } from '../../store/report/renewals-due.ts';
import { column, type ReportTable } from '../table/report-table.ts';

const TAKEN_UP: Readonly<Record<RenewalDue['takenUp'], string>> = {
  'by-the-night': 'Reprise par la nuit, à l’approche de la fin des droits.',
  already: 'Reprise faite : voir le résultat de cette campagne.',
  'next-campaign': 'Droits de la campagne en cours : reprise dès que la campagne suivante est ouverte.',
  'left-the-list': 'Absent(e) de la dernière liste du RNU : un agent décide.',
};

/** `renouvellements.csv`: covers that end within 30, 60 and 90 days, the soonest first. */
export const RENEWALS_LIST: ReportTable<RenewalDue> = {
  file: 'renouvellements.csv',
  sheet: 'Renouvellements',
  columns: [
    column('Référence du ménage', 'identifier'),
    column('N° d’ordre', 'integer'),
    column('Prénom(s) et nom'),
    column('Région'),
    column('Département'),
    column('Commune'),
    column('Code d’immatriculation', 'identifier'),
    column('Assureur'),
    column('Fin des droits', 'date'),
    column('Jours restants', 'integer'),
    column('Échéance (jours)', 'integer'),
    column('Suite', 'text', 50),
  ],
  cells: (due) => [
    due.householdRef,
    due.memberNumber,
    due.fullName,
    due.region,
    due.departement,
    due.commune,
    due.registrationCode,
    due.insurer,
    due.coverEnd,
    due.daysLeft,
    renewalHorizon(due.daysLeft),
    TAKEN_UP[due.takenUp],
  ],
};

/** The planning horizon a cover falls into: 30, 60 or 90 days. */
export function renewalHorizon(daysLeft: number): number {
  return RENEWAL_HORIZONS.find((days) => daysLeft <= days) ?? RENEWAL_HORIZONS[2];
}
