import type { BrakeFinding } from '../brake.ts';
import { frenchDecimal, frenchInteger } from './numbers.ts';

const FIGURE_LABELS: Readonly<Record<BrakeFinding['figure'], string>> = {
  review: 'Personnes à vérifier',
  deaths: 'Décès signalés',
  refusals: 'Refus des services',
  registering: 'Demandes d’adhésion refusées, parmi les dernières réponses',
};

/** `Personnes à vérifier : 812 sur 1 000 (81,2 %) ; habituellement de 20,0 % à 30,0 %.` */
export function findingText({ figure, count, share, lowest, highest, of }: BrakeFinding, people: number): string {
  const percent = (value: number): string => `${frenchDecimal(100 * value)} %`;
  const usual = lowest > 0 ? `de ${percent(lowest)} à ${percent(highest)}` : `${percent(highest)} au plus`;
  return (
    `${FIGURE_LABELS[figure]} : ${frenchInteger(count)} sur ${frenchInteger(of ?? people)} (${percent(share)}) ; ` +
    `habituellement ${usual}.`
  );
}

/** When the brake stopped a run, for a sentence that goes on with the reason. */
export function braked(findings: readonly BrakeFinding[]): { readonly when: string; readonly sent: string } {
  return findings.some(({ figure }) => figure === 'registering')
    ? {
        when: 'pendant l’enrôlement : SIGICMU refuse plus que d’habitude',
        sent: 'plus aucune demande d’adhésion ne part ; celles qui sont parties gardent leur réponse',
      }
    : {
        when: 'avant le premier enrôlement : des parts sortent de leur bande habituelle',
        sent: 'personne n’a été envoyé',
      };
}
