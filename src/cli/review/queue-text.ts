import { frenchInteger } from '../../domain/french/numbers.ts';
import { OFFICE_LABELS } from '../../domain/french/office-labels.ts';
import { blocks, REASONS, type ReasonCode } from '../../domain/reasons.ts';
import type { Queue, QueueEntry } from '../../store/review/list-queue.ts';

/** The queue, two lines a person: who and since when; why, and which office must act. */
export function queueText({ total, entries }: Queue): string {
  if (total === 0) return 'Personne n’attend de décision pour ces critères.';
  const shown = entries.length < total ? `, dont ${frenchInteger(entries.length)} montrées (--limit)` : '';
  const who = total > 1 ? 'personnes' : 'personne';
  return [
    `À vérifier : ${frenchInteger(total)} ${who}${shown}. D’abord celles qui bloquent leur ménage, puis les plus anciennes.`,
    ...entries.flatMap((entry) => ['', ...entryLines(entry)]),
    '',
    'Lire un dossier : pnbsf-cmu review show NUMÉRO',
  ].join('\n');
}

function entryLines(entry: QueueEntry): readonly string[] {
  const place = [entry.region, entry.departement, entry.commune].filter((part) => part !== '').join(' / ');
  const held = entry.holdsUpHousehold ? '   bloque son ménage' : '';
  return [
    `n° ${entry.id}   ${entry.ref}   ${entry.fullName}   ${waiting(entry.waitingDays)}${held}`,
    `    ${place}`,
    `    ${entry.reasons.map((code) => REASONS[code].title).join(' ; ')}${officeText(entry.reasons)}`,
  ];
}

function waiting(days: number): string {
  if (days === 0) return 'depuis aujourd’hui';
  return `depuis ${frenchInteger(days)} ${days > 1 ? 'jours' : 'jour'}`;
}

function officeText(reasons: readonly ReasonCode[]): string {
  const office = officeOf(reasons);
  return office === null ? '' : ` — doit agir : ${office}`;
}

/** The office that acts first: that of the first reason that stops the enrolment. */
export function officeOf(reasons: readonly ReasonCode[]): string | null {
  const first = reasons.find(blocks);
  return first === undefined ? null : OFFICE_LABELS[REASONS[first].office];
}
