import { COVERED_STATES, ENROLMENT_STATES, type EnrolmentState } from '../domain/enrolment-state.ts';
import { frenchDate, frenchInteger, frenchPercent } from '../domain/french/numbers.ts';
import { STATE_LABELS, WOULD_BE_ENROLLED } from '../domain/french/state-labels.ts';
import type { RunState } from '../store/schema.ts';
import type { RunSummary } from '../store/run/run-summary.ts';

/** States of a run, in words. */
export const RUN_STATE_LABELS: Readonly<Record<RunState, string>> = {
  verifying: 'vérification en cours',
  registering: 'enrôlement en cours',
  reconciling: 'rapprochement en cours',
  closed: 'close',
  unbalanced: 'comptes déséquilibrés : à examiner',
  defective: 'arrêtée : montant différent de zéro',
  braked: 'arrêtée par le frein',
};

const LABEL_WIDTH = 26;

/** The figures of a run as a table for people. */
export function summaryText(summary: RunSummary): string {
  const line = (label: string, count: number, note = ''): string =>
    `  ${label.padEnd(LABEL_WIDTH)}${frenchInteger(count).padStart(10)}${note === '' ? '' : `   ${note}`}`;
  const label = (state: EnrolmentState): string =>
    summary.shadow && state === 'confirmed' ? WOULD_BE_ENROLLED : STATE_LABELS[state];
  const outcomes = ENROLMENT_STATES.filter((state) => summary.outcomes[state] > 0).map((state) =>
    line(label(state), summary.outcomes[state], frenchPercent(summary.outcomes[state], summary.people).padStart(7)),
  );
  return [
    `Exécution ${summary.run} du ${frenchDate(summary.runDate)} (${summary.campaign}) — ${RUN_STATE_LABELS[summary.state]}`,
    ...careText(summary),
    '',
    line('Lignes reçues', summary.linesRead),
    line('acceptées', summary.accepted),
    line('répétées', summary.repeats),
    line('illisibles', summary.unreadable),
    '',
    line('Ménages', summary.households),
    line('Personnes', summary.people),
    ...outcomes,
    ...deltaText(summary, line),
    '',
    `  Comptes équilibrés : ${summary.balanced ? 'oui' : 'NON'}`,
  ].join('\n');
}

/** What the RNU changed and who left its list; no line where there is nothing to say. */
function deltaText(
  { changed, leavers, newLeavers }: RunSummary,
  line: (label: string, count: number, note?: string) => string,
): readonly string[] {
  if (changed === 0 && leavers === 0) return [];
  return [
    '',
    ...(changed === 0 ? [] : [line('Modifiées par le RNU', changed)]),
    ...(leavers === 0 ? [] : [line('Sorties de sa liste', leavers, `dont nouvelles : ${frenchInteger(newLeavers)}`)]),
  ];
}

/** What makes the run a careful one, or no night; no line for an ordinary night. */
function careText({ kind, shadow, maxWrites, writes }: RunSummary): readonly string[] {
  if (kind === 'staff')
    return ['Exécution du personnel : les personnes confirmées ou reprises par des agents, avec leur ménage.'];
  if (shadow) return ['Exécution à blanc : personne n’est enrôlé, tout reste à faire pour une exécution réelle.'];
  if (maxWrites === null) return [];
  return [
    `Plafond : ${frenchInteger(writes ?? 0)} demandes d’adhésion envoyées sur ${frenchInteger(maxWrites)} permises.`,
  ];
}

/** Exit status of `run --wait` and `status` when people are left to see. */
export const PEOPLE_LEFT = 3;

/** Whether somebody is left to see: a person to decide, or an outcome not yet known. A rehearsal leaves no one to enrol. */
export function peopleLeft(summary: RunSummary): boolean {
  const rehearsed = summary.shadow ? summary.outcomes.confirmed : 0;
  const settled = COVERED_STATES.reduce((sum, state) => sum + summary.outcomes[state], 0);
  const discarded =
    summary.outcomes['discarded-duplicate'] + summary.outcomes['discarded-deceased'] + summary.outcomes['out-of-scope'];
  return settled + discarded + rehearsed < summary.people;
}
