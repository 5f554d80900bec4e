import { isMailbox } from './domain/mail-recipients.ts';
import type { SettingReader } from './setting-reader.ts';

/** What may differ between two installations in the mails they send. */
export interface MailConfig {
  /** Null: mails are queued and wait for a relay to be configured. */
  readonly smtpUrl: string | null;
  readonly from: string;
  readonly requireTls: boolean;
  /** PEM file. */
  readonly caFile: string | null;
  readonly personal: boolean;
  readonly maxAttachmentBytes: number;
  readonly timeoutMs: number;
  readonly firstPauseMs: number;
  readonly maxTries: number;
}

/** Declares the settings of mails. */
export function declareMail(read: SettingReader): MailConfig {
  const smtpUrl = read.optional(
    'SMTP_URL',
    'relais SMTP, smtp://[utilisateur:mot-de-passe@]hôte[:port] ou smtps:// ; absent : les courriels attendent',
  );
  if (smtpUrl !== null && !/^smtps?:\/\/[^/?#\s]+\/?$/.test(smtpUrl))
    read.fault('SMTP_URL', 'doit avoir la forme smtp://hôte:port ou smtps://hôte:port');
  const from = read.text('PNBSF_MAIL_FROM', 'pnbsf-cmu@localhost', 'adresse d’expédition et de retour');
  if (!isMailbox(from)) read.fault('PNBSF_MAIL_FROM', 'doit être une adresse seule, nom@domaine');
  return {
    smtpUrl,
    from,
    requireTls:
      read.choice(
        'PNBSF_MAIL_TLS',
        'required',
        ['required', 'if-offered'],
        'chiffrement du relais ; required refuse un relais qui n’en offre pas',
      ) === 'required',
    caFile: read.optional('PNBSF_MAIL_CA', 'autorité du certificat du relais (PEM) ; absente : celles du système'),
    personal:
      read.choice(
        'PNBSF_MAIL_PERSONAL',
        'non',
        ['non', 'oui'],
        'oui : la liste jointe à la direction porte noms et naissances ; à n’employer qu’avec l’accord de la CDP',
      ) === 'oui',
    maxAttachmentBytes: read.wholeNumber(
      'PNBSF_MAIL_ATTACH_BYTES',
      5_000_000,
      'octets',
      'taille totale des pièces jointes d’un courriel ; au-delà, le fichier est nommé et reste dans le rapport',
    ),
    timeoutMs: read.wholeNumber('PNBSF_MAIL_TIMEOUT_MS', 60_000, 'ms', 'silence du relais au-delà duquel on abandonne'),
    firstPauseMs: read.wholeNumber(
      'PNBSF_MAIL_PAUSE_MS',
      60_000,
      'ms',
      'première pause quand le relais ne peut prendre un courriel',
    ),
    maxTries: read.wholeNumber('PNBSF_MAIL_TRIES', 20, 'essais', 'essais avant de renoncer à un courriel'),
  };
}
