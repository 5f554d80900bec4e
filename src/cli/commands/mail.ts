import { readFile } from 'node:fs/promises';
import { readBounce } from '../../../adapters/mail/read-bounce.ts';
import type { App } from '../../app.ts';
import { listMails, noteBounce, resendMail, type ResendOrder } from '../../store/mail/outbox.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import { mailListText } from '../mail/mail-list-text.ts';
import { withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';
import { requiredText } from '../required-text.ts';

/** `mail list|resend|bounce`: what became of the mails about reports. */
export const mail: Command = {
  name: 'mail',
  summary: 'montre les courriels, en renvoie un, enregistre un retour',
  operands: 'list [EXÉCUTION] | resend N° | bounce FICHIER…',
  options: {
    by: { value: 'NOM', help: 'qui le décide (resend)' },
    because: { value: 'TEXTE', help: 'pourquoi (resend)' },
    limit: { value: 'N', help: 'courriels montrés (par défaut : 50)' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'Un courriel dont la réponse du relais s’est perdue est « incertain » : il n’est jamais renvoyé de lui-même,',
    'pour que personne ne le reçoive deux fois. « mail resend » le renvoie sur décision, sous le même identifiant.',
    '« mail bounce » lit un avis de non-remise (.eml) et marque le courriel comme revenu.',
  ],
  run(call, output) {
    const [action, ...rest] = call.positionals;
    if (action === 'list' && rest.length < 2) return withInstallation((app) => list(app, rest[0], call, output));
    if (action === 'resend' && rest.length === 1) {
      const order = { id: rest[0] ?? '', by: requiredText(call, 'by'), because: requiredText(call, 'because') };
      if (!/^\d{1,15}$/.test(order.id)) throw new UsageError(`« ${order.id} » n’est pas un numéro de courriel.`);
      return withInstallation((app) => resend(app, order, output));
    }
    if (action === 'bounce' && rest.length > 0) return withInstallation((app) => bounce(app, rest, output));
    throw new UsageError('Écrivez « mail list », « mail resend N° » ou « mail bounce FICHIER ».');
  },
};

async function list({ database, config }: App, run: string | undefined, call: Call, output: Output): Promise<number> {
  if (run !== undefined && !/^\d{1,15}$/.test(run)) throw new UsageError(`« ${run} » n’est pas une exécution.`);
  const mails = await listMails(database.db, run ?? null, call.wholeNumber('limit', 50));
  if (call.on('json')) output.json(mails);
  else output.result(mailListText(mails, config.timeZone));
  return 0;
}

async function resend({ database }: App, order: ResendOrder, output: Output): Promise<number> {
  const queued = await resendMail(database.db, order);
  output.say(
    queued
      ? `Courriel ${order.id} remis dans la file : il part au prochain passage de « serve » ou « worker ».`
      : `Aucun courriel ${order.id} qui puisse être renvoyé : il est inconnu, déjà parti ou encore en attente.`,
  );
  return queued ? 0 : 1;
}

async function bounce({ database: { db } }: App, paths: readonly string[], output: Output): Promise<number> {
  let unread = 0;
  for (const path of paths) {
    const notice = readBounce(await readFile(path, 'utf8'));
    const known = notice !== null && (await noteBounce(db, notice.messageId, notice.status));
    if (!known) unread += 1;
    output.say(
      known
        ? `${path} : courriel marqué comme revenu (${notice.status}).`
        : `${path} : ce n’est pas l’avis de non-remise d’un de nos courriels.`,
    );
  }
  return unread === 0 ? 0 : 1;
}
