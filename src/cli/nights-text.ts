import { frenchDate } from '../domain/french/numbers.ts';
import type { ListedNight, NightWait } from '../store/night/nights.ts';
import type { ListedRefusal } from '../store/night/refused-deliveries.ts';
import { isRunState } from '../store/schema.ts';
import { RUN_STATE_LABELS } from './summary-text.ts';

const WAIT_LABELS: Readonly<Record<NightWait, string>> = {
  'run-open': 'attend la fin de l’exécution en cours',
  'run-stopped': 'attend une décision : l’exécution précédente est arrêtée (pnbsf-cmu status)',
  'staff-run': 'attend la fin d’une exécution du personnel',
};

/** Nights and refused deliveries as a list for people. */
export function nightsText(nights: readonly ListedNight[], refusals: readonly ListedRefusal[]): string {
  return [
    ...(nights.length === 0 ? ['Aucune nuit encore.'] : nights.map(nightLine)),
    ...(refusals.length === 0
      ? []
      : ['', 'Lots refusés, rien n’en a été importé :', ...refusals.flatMap(refusalLines)]),
  ].join('\n');
}

function nightLine(night: ListedNight): string {
  return `Nuit du ${frenchDate(night.date)} : ${standing(night)}`;
}

function standing({ run, runState, waitsFor, mergedInto, notHeld }: ListedNight): string {
  if (run !== null)
    return `exécution ${run}, ${runState !== null && isRunState(runState) ? RUN_STATE_LABELS[runState] : ''}`;
  if (notHeld) return 'pas tenue, mise en service';
  if (mergedInto !== null) return `jointe à la nuit du ${frenchDate(mergedInto)}`;
  return waitsFor === null ? 'due, commence au prochain passage' : WAIT_LABELS[waitsFor];
}

function refusalLines({ name, code, explanation, remedy, keptAt, lastRefusedAt, times }: ListedRefusal): string[] {
  const often = times > 1 ? `, ${times} fois` : '';
  return [
    `  ${name} (${code}, le ${frenchDate(lastRefusedAt.slice(0, 10))}${often})`,
    `    ${explanation}`,
    `    → ${remedy}`,
    ...(keptAt === null ? [] : [`    fichier : ${keptAt}`]),
  ];
}
