import { changeText, fieldChanges } from '../../domain/french/rnu-changes.ts';
import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import type { ReportedChange } from '../../store/report/rnu-changes.ts';
import { column, type ReportTable } from '../table/report-table.ts';

/** `modifications.csv`: known people about whom the RNU sent other data, what changed, and what came of it. */
export const CHANGES_LIST: ReportTable<ReportedChange> = {
  file: 'modifications.csv',
  sheet: 'Modifications',
  columns: [
    column('Référence du ménage', 'identifier'),
    column('N° d’ordre', 'integer'),
    column('Prénom(s) et nom'),
    column('Lot', 'identifier'),
    column('Ce qui a changé', 'text', 60),
    column('Vérifié(e) de nouveau', 'text', 12),
    column('Résultat'),
  ],
  cells(change) {
    const { householdRef, memberNumber, personAfter, batch, state, verifiedAgain } = change;
    const changes = fieldChanges(
      { before: change.personBefore, after: personAfter },
      change.householdBefore && change.householdAfter
        ? { before: change.householdBefore, after: change.householdAfter }
        : null,
    );
    const name = personAfter['full_name'];
    return [
      householdRef,
      memberNumber,
      typeof name === 'string' ? name : null,
      batch,
      changes.length === 0 ? 'Une donnée du ménage' : changes.map(changeText).join(' ; '),
      verifiedAgain ? 'oui' : 'non',
      state === null ? null : STATE_LABELS[state],
    ];
  },
};
