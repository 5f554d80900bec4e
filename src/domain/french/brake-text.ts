import type { BrakeFigure, BrakeFinding } from '../brake.ts';
import { frenchDecimal, frenchInteger } from './numbers.ts';

const FIGURE_LABELS: Readonly<Record<BrakeFigure, string>> = {
  review: 'Personnes à vérifier',
  deaths: 'Décès signalés',
  refusals: 'Refus des services',
};

/** `Personnes à vérifier : 812 sur 1 000 (81,2 %) ; habituellement de 20,0 % à 30,0 %.` */
export function findingText({ figure, count, share, lowest, highest }: BrakeFinding, people: number): string {
  const percent = (value: number): string => `${frenchDecimal(100 * value)} %`;
  const usual = lowest > 0 ? `de ${percent(lowest)} à ${percent(highest)}` : `${percent(highest)} au plus`;
  return (
    `${FIGURE_LABELS[figure]} : ${frenchInteger(count)} sur ${frenchInteger(people)} (${percent(share)}) ; ` +
    `habituellement ${usual}.`
  );
}
