import { frenchInteger } from '../domain/french/numbers.ts';

/** What `status` says of people whom staff put to work and who are not done yet; nothing without any. */
export function staffText(people: number): string {
  if (people === 0) return '';
  const who = people === 1 ? '1 personne attend' : `${frenchInteger(people)} personnes attendent`;
  return [
    '',
    `  Décisions des agents : ${who} la suite, qui vient d’elle-même dès qu’un worker tourne`,
    '  (pnbsf-cmu serve, worker ou run --wait).',
  ].join('\n');
}
