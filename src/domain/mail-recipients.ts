import { readSemicolonTable, ReferenceTableError } from './semicolon-table.ts';

/**
 * What a recipient reads: the whole country's figures and lists (`direction`), one région's (`region`), or, whatever
 * the region, what the people who run the system must know (`exploitation`).
 */
export const MAIL_ROLES = ['direction', 'region', 'exploitation'] as const;
export type MailRole = (typeof MAIL_ROLES)[number];

export interface MailRecipient {
  readonly address: string;
  readonly role: MailRole;
  /** Name of the région, as the table of départements has it; empty for other roles. */
  readonly region: string;
}

/**
 * Reads `config/destinataires.csv`: adresse, role, region. Throws `ReferenceTableError` naming the entry, also where one
 * is there twice.
 *
 * @param regions the régions that exist
 */
export function readMailRecipients(table: string, regions: ReadonlySet<string>): readonly MailRecipient[] {
  const seen = new Set<string>();
  return readSemicolonTable(table, 'destinataires.csv').map((line, at) => {
    const { adresse = '', role = '', region = '' } = line;
    const wrong = (what: string): ReferenceTableError =>
      new ReferenceTableError(`destinataires.csv, entrée ${at + 1} : ${what}.`);
    if (!isMailbox(adresse)) throw wrong('l’adresse n’a pas la forme nom@domaine');
    if (!isRole(role)) throw wrong(`le rôle doit être ${MAIL_ROLES.join(', ')}`);
    if (role === 'region' && !regions.has(region)) throw wrong('la région n’est pas dans departements.csv');
    const entry = [adresse.toLowerCase(), role, role === 'region' ? region : ''].join(';');
    if (seen.has(entry)) throw wrong('la même adresse y est deux fois dans ce rôle');
    seen.add(entry);
    return { address: adresse, role, region: role === 'region' ? region : '' };
  });
}

/** Whether a text is one mailbox, `nom@domaine`: no display name, since what comes after it would be a second address. */
export function isMailbox(text: string): boolean {
  return /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(text);
}

function isRole(text: string): text is MailRole {
  return (MAIL_ROLES as readonly string[]).includes(text);
}
