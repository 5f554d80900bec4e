import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import type { Leaver } from '../../store/report/leavers.ts';
import { column, type ReportTable } from '../table/report-table.ts';

const REMEDY = 'Rien n’a été retiré : faire confirmer la sortie par le RNU, ou l’y faire corriger.';
const DOUBT = 'Une ligne illisible de cette liste cite le ménage : corriger d’abord cette ligne. ';

/** `sortants.csv`: people of earlier batches whom the RNU's latest full list no longer names. */
export const LEAVERS_LIST: ReportTable<Leaver> = {
  file: 'sortants.csv',
  sheet: 'Sortants',
  columns: [
    column('Référence du ménage', 'identifier'),
    column('N° d’ordre', 'integer'),
    column('Prénom(s) et nom'),
    column('Région'),
    column('Département'),
    column('Commune'),
    column('Absent(e) de la liste', 'identifier'),
    column('Liste reçue le', 'date'),
    column('Nouveau', 'text', 9),
    column('Dernier résultat'),
    column('Code d’immatriculation', 'identifier'),
    column('Assureur'),
    column('Fin des droits', 'date'),
    column('Que faire', 'text', 60),
  ],
  cells: (leaver) => [
    leaver.householdRef,
    leaver.memberNumber,
    leaver.fullName,
    leaver.region,
    leaver.departement,
    leaver.commune,
    leaver.list,
    leaver.listedOn,
    leaver.fromThisRun ? 'oui' : 'non',
    leaver.state === null ? null : STATE_LABELS[leaver.state],
    leaver.registrationCode,
    leaver.insurer,
    leaver.coverEnd,
    `${leaver.uncertain ? DOUBT : ''}${REMEDY}`,
  ],
};
