/** Orders to do people again, in words. */
import { frenchInteger } from '../domain/french/numbers.ts';
import { STATE_LABELS } from '../domain/french/state-labels.ts';
import type { FateCount } from '../store/reprocess/order-reprocess.ts';
import type { ReprocessOutcome, ReprocessProgress } from '../store/reprocess/reprocess-progress.ts';
import { ELIGIBLE_FATES, type Fate } from '../store/reprocess/select-people.ts';

const FATE_LABELS: Readonly<Record<Fate, string>> = {
  'verify-again': 'vérifier à nouveau, sur des réponses fraîches',
  'register-again': 'enrôler à nouveau : un agent a confirmé l’identité',
  'look-again': 'chercher dans SIGICMU, avant tout nouvel envoi',
  resume: 'reprendre sans attendre',
  ended: 'non repris : situation définitive',
  'next-run': 'non repris : sera vérifié par la prochaine exécution',
  'under-way': 'non repris : réponse de SIGICMU attendue',
  'too-early': 'non repris : trop tôt pour chercher dans SIGICMU',
  'in-hand': 'non repris : déjà en cours pour le personnel',
};

/** What an order does, or would do, by present state. */
export function fatesText(counts: readonly FateCount[]): string {
  const eligible: readonly Fate[] = ELIGIBLE_FATES;
  const inOrder = [...counts].sort(
    (a, b) => Number(eligible.includes(b.fate)) - Number(eligible.includes(a.fate)) || b.people - a.people,
  );
  return inOrder
    .map(
      ({ state, fate, people }) =>
        `  ${frenchInteger(people).padStart(9)}  ${STATE_LABELS[state].padEnd(24)}${FATE_LABELS[fate]}`,
    )
    .join('\n');
}

/** One order on one line. */
export function progressLine(one: ReprocessProgress): string {
  const left = one.underWay + one.waiting;
  const state = one.stopped > 0 ? 'arrêté' : left > 0 ? 'en cours' : 'achevé';
  return (
    `n° ${one.id}   ${state.padEnd(9)} demandés ${frenchInteger(one.asked)} · faits ${frenchInteger(one.done)} · ` +
    `sans résultat ${frenchInteger(one.failed)} · restent ${frenchInteger(left)}   ${one.by} : ${one.because}`
  );
}

const OUTCOME_LABELS: Readonly<Record<ReprocessOutcome['fate'], string>> = {
  done: 'fait',
  failed: 'sans résultat',
  underWay: 'en cours',
  waiting: 'attend son tour',
  stopped: 'arrêté avant son tour',
};

/** One order in full. */
export function progressText(one: ReprocessProgress, outcomes: readonly ReprocessOutcome[], timeZone: string): string {
  const time = new Intl.DateTimeFormat('fr-FR', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const line = (label: string, count: number): string => `  ${label.padEnd(26)}${frenchInteger(count).padStart(9)}`;
  const notEligible = Object.values(one.notEligible).reduce((sum, people) => sum + people, 0);
  return [
    `Retraitement n° ${one.id}, demandé le ${time.format(one.orderedAt)} par ${one.by} : ${one.because}`,
    `Critères : ${JSON.stringify(one.filter)}`,
    '',
    line('Demandés', one.asked),
    line('mis en file', one.queued),
    line('faits', one.done),
    line('sans résultat', one.failed),
    line('en cours', one.underWay),
    line('attendent leur tour', one.waiting),
    line('arrêtés avant leur tour', one.stopped),
    line('Non repris (critères)', notEligible),
    '',
    ...outcomes.map(
      ({ fate, state, people }) =>
        `  ${frenchInteger(people).padStart(9)}  ${OUTCOME_LABELS[fate].padEnd(24)}${STATE_LABELS[state]}`,
    ),
    ...(one.stoppedAt === null
      ? []
      : ['', `Arrêté le ${time.format(one.stoppedAt)} par ${one.stoppedBy} : ${one.stopBecause}`]),
  ].join('\n');
}
