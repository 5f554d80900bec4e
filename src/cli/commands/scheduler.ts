import type { App } from '../../app.ts';
import { listNights } from '../../store/night/nights.ts';
import { openRefusals } from '../../store/night/refused-deliveries.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import { nightsText } from '../nights-text.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';
import { untilStopped } from '../until-stopped.ts';

const SHOWN = 14;

/** `scheduler`: holds the nights; `scheduler list`: shows them. */
export const scheduler: Command = {
  name: 'scheduler',
  summary: 'tient les nuits : lots nouveaux, puis exécution, à l’heure dite',
  operands: '| scheduler list',
  options: { json: { help: 'résultat en JSON (avec list)' } },
  details: [
    'Une nuit par date, à PNBSF_NIGHT_AT ; une nuit manquée est rattrapée une fois au retour de la machine.',
    'Une exécution encore ouverte n’est pas doublée : la nuit attend sa fin. « serve » contient ce planificateur.',
    'scheduler list : les dernières nuits, ce qu’elles attendent, et les lots refusés.',
  ],
  run(call, output) {
    const [word, ...more] = call.positionals;
    if (word !== undefined && (word !== 'list' || more.length > 0))
      throw new UsageError('Écrivez : scheduler, ou scheduler list.');
    return withInstallation((app) => (word === 'list' ? list(app, call, output) : hold(app, output)));
  },
};

async function hold(app: App, output: Output): Promise<number> {
  requireSecurityServer(app);
  const running = await app.startScheduler();
  output.say(`Planificateur prêt : une nuit par jour à ${app.config.night.at} (${app.config.timeZone}).`);
  await untilStopped();
  output.say('Arrêt…');
  await running.close();
  return 0;
}

async function list(app: App, call: Call, output: Output): Promise<number> {
  const { db } = app.database;
  const nights = await listNights(db, SHOWN);
  const refusals = await openRefusals(db, SHOWN);
  if (call.on('json')) output.json({ nights, refusals });
  else output.result(nightsText(nights, refusals));
  return 0;
}
