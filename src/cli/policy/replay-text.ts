import { frenchInteger, frenchPercent } from '../../domain/french/numbers.ts';
import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import { REASONS } from '../../domain/reasons.ts';
import type { ReplayResult } from './replay-result.ts';

const LABEL_WIDTH = 52;
const SHOWN = 20;

/** A replay as people read it. */
export function replayText(result: ReplayResult): string {
  const { figures } = result;
  const line = (label: string, count: number): string =>
    `  ${label.padEnd(LABEL_WIDTH)}${frenchInteger(count).padStart(10)}   ${frenchPercent(count, figures.people).padStart(7)}`;
  const some = (label: string, count: number): readonly string[] => (count === 0 ? [] : [line(label, count)]);
  const calm = figures.moved === 0 && figures.otherReasons === 0;
  return [
    headline(result),
    '',
    line('Personnes de l’exécution', figures.people),
    ...some('jamais vérifiées par elle : rien à rejouer', figures.notVerified),
    ...some('dont la ligne d’alors ne se retrouve plus', figures.lost),
    line('Rejouées', figures.replayed),
    line('inchangées', figures.unchanged),
    line('changeraient de résultat', figures.moved),
    ...figures.transitions.map(({ from, to, people }) => line(`  ${STATE_LABELS[from]} → ${STATE_LABELS[to]}`, people)),
    line('garderaient leur résultat pour d’autres motifs', figures.otherReasons),
    ...some('inchangées, mais comparées autrement', figures.otherCertificate),
    ...some('changeraient, mais un agent a décidé depuis', figures.decidedSince),
    ...some('dépendraient d’un appel qui n’a pas été fait', figures.unasked),
    ...(figures.reasons.length === 0 ? [] : ['', 'Motifs (constatés → rejoués)']),
    ...figures.reasons.map(
      ({ reason, before, after }) =>
        `  ${REASONS[reason].title.padEnd(LABEL_WIDTH)}${frenchInteger(before).padStart(10)} → ${frenchInteger(after)}`,
    ),
    ...(result.moved.length === 0 ? [] : ['', 'Changeraient :']),
    ...result.moved
      .slice(0, SHOWN)
      .map(({ ref, from, to }) => `  ${ref} : ${STATE_LABELS[from]} → ${STATE_LABELS[to]}`),
    ...(result.moved.length > SHOWN ? ['  … --out FICHIER donne la liste entière.'] : []),
    '',
    calm
      ? 'Personne ne bougerait.'
      : 'Une personne confirmée passe encore les contrôles de l’enrôlement (doublons, titulaire).',
    'Aucun appel n’a été fait, rien n’a été écrit.',
    ...(result.out === null ? [] : [`Liste : ${result.out}`]),
  ].join('\n');
}

function headline({ candidate, run }: ReplayResult): string {
  const what = candidate === null ? 'Les règles de l’exécution elle-même' : `${candidate.file} (${candidate.title})`;
  const base =
    run.policyVersion === null
      ? ''
      : ` ; les autres règles sont celles de l’exécution (${run.policyVersion}, ${run.ruleSet ?? ''})`;
  const mixed =
    run.ruleSets > 1 ? '\nLes règles ont changé pendant cette exécution : les dernières servent de base.' : '';
  return `${what}, rejouées sur l’exécution ${run.run}${base}.${mixed}`;
}
