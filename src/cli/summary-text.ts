import { COVERED_STATES, ENROLMENT_STATES } from '../domain/enrolment-state.ts';
import { frenchDate, frenchInteger, frenchPercent } from '../domain/french/numbers.ts';
import { STATE_LABELS } from '../domain/french/state-labels.ts';
import type { RunState } from '../store/schema.ts';
import type { RunSummary } from '../store/run/run-summary.ts';

const RUN_STATE_LABELS: Readonly<Record<RunState, string>> = {
  verifying: 'vérification en cours',
  registering: 'enrôlement en cours',
  reconciling: 'rapprochement en cours',
  closed: 'close',
  unbalanced: 'comptes déséquilibrés : à examiner',
  defective: 'arrêtée : montant différent de zéro',
};

const LABEL_WIDTH = 26;

/** The figures of a run as a table for people. */
export function summaryText(summary: RunSummary): string {
  const line = (label: string, count: number, note = ''): string =>
    `  ${label.padEnd(LABEL_WIDTH)}${frenchInteger(count).padStart(10)}${note === '' ? '' : `   ${note}`}`;
  const outcomes = ENROLMENT_STATES.filter((state) => summary.outcomes[state] > 0).map((state) =>
    line(
      STATE_LABELS[state],
      summary.outcomes[state],
      frenchPercent(summary.outcomes[state], summary.people).padStart(7),
    ),
  );
  return [
    `Exécution ${summary.run} du ${frenchDate(summary.runDate)} (${summary.campaign}) — ${RUN_STATE_LABELS[summary.state]}`,
    '',
    line('Lignes reçues', summary.linesRead),
    line('acceptées', summary.accepted),
    line('répétées', summary.repeats),
    line('illisibles', summary.unreadable),
    '',
    line('Ménages', summary.households),
    line('Personnes', summary.people),
    ...outcomes,
    '',
    `  Comptes équilibrés : ${summary.balanced ? 'oui' : 'NON'}`,
  ].join('\n');
}

/** Exit status of `run --wait` and `status` when people are left to see. */
export const PEOPLE_LEFT = 3;

/** Whether somebody is left to see: a person to decide, or an outcome not yet known. */
export function peopleLeft(summary: RunSummary): boolean {
  const settled = COVERED_STATES.reduce((sum, state) => sum + summary.outcomes[state], 0);
  const discarded =
    summary.outcomes['discarded-duplicate'] + summary.outcomes['discarded-deceased'] + summary.outcomes['out-of-scope'];
  return settled + discarded < summary.people;
}
