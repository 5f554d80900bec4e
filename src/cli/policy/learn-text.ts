import { frenchInteger, frenchPercent } from '../../domain/french/numbers.ts';
import type { LearnedLevel } from '../../pipeline/replay/learn-weights.ts';

/** What `policy learn` prints as JSON; described in docs/explain.md. */
export interface LearnResult {
  readonly run: string | null;
  /** Pairs that named persons decided; those that the machine confirmed. */
  readonly ofPeople: number;
  readonly ofMachine: number;
  /** Of the first, those called two people. */
  readonly others: number;
  readonly fewest: number;
  readonly strength: number;
  readonly enough: boolean;
  readonly levels: readonly LearnedLevel[];
  readonly out: string | null;
}

/** Smaller moves than this are not shown. */
const SHOWN_FROM = 0.002;

/** The measured differences as people read them. */
export function learnText(result: LearnResult): string {
  const head = [
    `Paires décidées par des agents : ${frenchInteger(result.ofPeople)} (dont ${frenchInteger(result.others)} jugées de deux personnes)`,
    `Paires confirmées par la machine et jamais remises en cause : ${frenchInteger(result.ofMachine)}`,
  ];
  if (!result.enough)
    return [
      ...head,
      `Trop peu pour changer un poids : il faut ${frenchInteger(result.fewest)} paires décidées par des agents (--min).`,
    ].join('\n');
  const moved = result.levels
    .filter(({ before, after }) => Math.abs(after - before) >= SHOWN_FROM)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  return [
    ...head,
    `Les parts du fichier comptent pour ${frenchInteger(result.strength)} paires (--strength).`,
    '',
    moved.length === 0
      ? 'Aucune part ne changerait nettement.'
      : 'Parts chez une même personne : fichier → appris (paires comptées)',
    ...moved.map(
      ({ table, level, before, after, same }) =>
        `  ${`${table}.${level}`.padEnd(28)}${share(before).padStart(9)} → ${share(after).padStart(8)}   (${frenchInteger(same)})`,
    ),
    '',
    ...(result.out === null ? ['--out FICHIER écrit le fichier proposé.'] : [`Fichier proposé : ${result.out}`]),
    'Rien n’est mis en vigueur : « policy replay FICHIER --run EXÉCUTION » dit qui bougerait.',
  ].join('\n');
}

function share(value: number): string {
  return frenchPercent(value, 1);
}
