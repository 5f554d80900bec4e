import type { Confirmed } from '../../pipeline/review/confirm-person.ts';
import type { ReviewCase } from '../../pipeline/review/review-case.ts';
import type { CaseMember } from '../../store/review/load-case.ts';

/** Members who wait for nothing but a policy holder, and may be verified again now that the household has one. */
export function heldBack({ others }: ReviewCase): readonly CaseMember[] {
  return others.filter(({ state, reasons }) => state === 'needs-review' && reasons.includes('MENAGE_SANS_TITULAIRE'));
}

/** What a confirmation came to, and what comes next. */
export function confirmedText(confirmed: Confirmed, by: string): string {
  const { case: reviewed, identity, renews, looksFirst, distinctFrom } = confirmed;
  const names = identity.from === null ? 'les noms du RNU' : `les noms de la fiche ${identity.from.number}`;
  const held = heldBack(reviewed);
  return [
    `${reviewed.member.ref} : identité confirmée, sous ${names}. Décision de ${by}, inscrite au journal.`,
    ...(renews === null ? [] : [`La couverture ${renews} sera renouvelée.`]),
    ...(distinctFrom.length === 0 ? [] : [`Déclarée distincte de : ${distinctFrom.join(', ')}.`]),
    looksFirst
      ? 'Une demande était déjà partie : SIGICMU est interrogé d’abord, et rien n’est envoyé si la personne s’y trouve.'
      : 'L’enrôlement suit de lui-même.',
    ...(held.length === 0
      ? []
      : [
          `${held.length} membre(s) du ménage attendai${held.length > 1 ? 'en' : ''}t un titulaire. Pour les vérifier à nouveau :`,
          `  pnbsf-cmu reprocess --household ${reviewed.household.ref} --reason MENAGE_SANS_TITULAIRE --by NOM --because RAISON`,
        ]),
  ].join('\n');
}
