import type { ListedMail, MailState } from '../../store/mail/outbox.ts';

const STATES: Readonly<Record<MailState, string>> = {
  pending: 'en attente',
  sending: 'envoi en cours',
  sent: 'parti',
  refused: 'refusé par le relais',
  unknown: 'incertain : réponse du relais perdue',
  bounced: 'revenu',
  abandoned: 'abandonné après trop d’essais',
};

/** Mails as a table for people. */
export function mailListText(mails: readonly ListedMail[], timeZone: string): string {
  if (mails.length === 0) return 'Aucun courriel.';
  const instant = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone });
  return mails
    .map(({ id, run, role, region, recipient, state, tries, answer, queuedAt }) => {
      const audience = region === '' ? role : `région ${region}`;
      const detail = answer === null ? '' : `, réponse ${answer}`;
      const effort = tries > 1 ? `, ${tries} essais` : '';
      return `${id.padStart(6)}  ${instant.format(new Date(queuedAt))}  exécution ${run}  ${audience}  ${recipient} : ${STATES[state]}${effort}${detail}`;
    })
    .join('\n');
}
