import type { App } from '../../app.ts';
import { frenchInteger } from '../../domain/french/numbers.ts';
import { OPERATIONS_OF } from '../../pipeline/reprocess/destinations.ts';
import { ReprocessRefused } from '../../pipeline/reprocess/reprocess-refused.ts';
import { countFates, eligiblePeople, orderReprocess, stopReprocess } from '../../store/reprocess/order-reprocess.ts';
import { listReprocess, reprocessOutcomes, reprocessProgress } from '../../store/reprocess/reprocess-progress.ts';
import type { ReprocessFilter } from '../../store/reprocess/select-people.ts';
import { batchIdOf } from '../batch-id-of.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import { withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';
import { readFilter, type AskedFilter } from '../reprocess-filter.ts';
import { fatesText, progressLine, progressText } from '../reprocess-text.ts';
import { requiredText } from '../required-text.ts';

const DONE = 0;

/** `reprocess`: people done again on a named person's order, ahead of the night; the order is kept and can be stopped. */
export const reprocess: Command = {
  name: 'reprocess',
  summary: 'reprend des personnes à vérifier, reportées ou d’issue inconnue, avant la nuit',
  operands: '| reprocess list | show NUMÉRO | stop NUMÉRO',
  options: {
    person: { value: 'RÉF', help: 'cette personne (MÉNAGE/NUMÉRO, ou numéro de dossier)' },
    household: { value: 'RÉF', help: 'ce ménage' },
    batch: { value: 'LOT', help: 'les personnes de ce lot' },
    reason: { value: 'CODE', help: 'ces motifs ; plusieurs par des virgules', many: true },
    destination: {
      value: 'NOM',
      help: `celles qu’une panne de ce service retient : ${Object.keys(OPERATIONS_OF).join(', ')}`,
    },
    date: { value: 'DE..À', help: 'celles dont la dernière décision date de ces jours (AAAA-MM-JJ..AAAA-MM-JJ)' },
    by: { value: 'NOM', help: 'qui le demande, ou l’arrête' },
    because: { value: 'RAISON', help: 'pourquoi' },
    'dry-run': { help: 'dit ce qui serait fait, ne change rien' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'Plusieurs critères : tous doivent être remplis. Commencez par --dry-run.',
    'Jamais repris : une personne enrôlée ou écartée. La décision d’un agent n’est pas remise en cause, et une demande',
    'd’issue inconnue est d’abord cherchée dans SIGICMU : rien n’est renvoyé à l’aveugle.',
    'Demandés = mis en file = faits + sans résultat, à la fin ; « reprocess show » le montre, « reprocess stop » arrête.',
  ],
  run(call, output) {
    const [action, number, ...more] = call.positionals;
    if (more.length > 0) throw new UsageError(`« ${more.join(' ')} » est de trop.`);
    if (action === undefined) return order(call, output);
    if (action === 'list' && number === undefined) return list(call, output);
    if (number === undefined || !/^\d{1,15}$/.test(number) || !['show', 'stop'].includes(action))
      throw new UsageError('Écrivez « reprocess list », « reprocess show NUMÉRO » ou « reprocess stop NUMÉRO ».');
    return action === 'show' ? show(number, call, output) : stop(number, call, output);
  },
};

async function order(call: Call, output: Output): Promise<number> {
  const dryRun = call.on('dry-run');
  const wanted = readFilter(call);
  const who = dryRun ? null : { by: requiredText(call, 'by'), because: requiredText(call, 'because') };
  return withInstallation(async (app) => {
    const filter = await completeFilter(app, wanted);
    const { settleMs } = app.config.times;
    const { db } = app.database;
    const { requestId, asked, counts } =
      who === null
        ? { requestId: null, ...(await counted(app, filter)) }
        : await orderReprocess(db, { filter, asked: wanted.asked, settleMs, ...who });
    if (counts.length === 0)
      throw new ReprocessRefused('RETRAITEMENT_SANS_CIBLE', 'Personne ne répond à ces critères.');
    if (call.on('json')) output.json({ request: requestId, dryRun, asked, people: counts });
    else output.result(orderText(requestId, dryRun, asked, fatesText(counts)));
    if (!dryRun && requestId === null)
      throw new ReprocessRefused('RETRAITEMENT_VIDE', 'Aucune de ces personnes ne peut être reprise.');
    return DONE;
  });
}

async function counted(
  { database, config }: App,
  filter: ReprocessFilter,
): Promise<{ asked: number; counts: Awaited<ReturnType<typeof countFates>> }> {
  const counts = await countFates(database.db, filter, config.times.settleMs);
  return { asked: eligiblePeople(counts), counts };
}

function orderText(requestId: string | null, dryRun: boolean, asked: number, table: string): string {
  const people = `${frenchInteger(asked)} ${asked > 1 ? 'personnes' : 'personne'}`;
  if (dryRun) return `Essai : ${people} à reprendre. Rien n’a changé.\n${table}`;
  if (requestId === null) return table;
  return [
    `Retraitement n° ${requestId} inscrit : ${people}, avant le travail de la nuit.`,
    table,
    `Suivre : pnbsf-cmu reprocess show ${requestId}`,
  ].join('\n');
}

async function completeFilter({ database, config }: App, wanted: AskedFilter): Promise<ReprocessFilter> {
  return {
    ...wanted.filter,
    campaign: config.campaign,
    batchId: await batchIdOf(database.db, wanted.batch),
    days: wanted.days && { ...wanted.days, timeZone: config.timeZone },
  };
}

/** Latest orders shown. */
const LISTED = 20;

async function list(call: Call, output: Output): Promise<number> {
  return withInstallation(async ({ database }) => {
    const orders = await listReprocess(database.db, LISTED);
    if (call.on('json')) output.json(orders);
    else output.result(orders.length === 0 ? 'Aucun retraitement.' : orders.map(progressLine).join('\n'));
    return DONE;
  });
}

async function show(requestId: string, call: Call, output: Output): Promise<number> {
  return withInstallation(async (app) => {
    await tell(app, requestId, call, output);
    return DONE;
  });
}

async function stop(requestId: string, call: Call, output: Output): Promise<number> {
  const who = { by: requiredText(call, 'by'), because: requiredText(call, 'because') };
  return withInstallation(async (app) => {
    const { db } = app.database;
    const stopped = await stopReprocess(db, { requestId, ...who });
    if (!stopped && (await reprocessProgress(db, requestId)) !== null)
      throw new ReprocessRefused(
        'RETRAITEMENT_ACHEVE',
        `Personne du retraitement ${requestId} n’attend plus son tour.`,
      );
    await tell(app, requestId, call, output);
    return DONE;
  });
}

async function tell({ database, config }: App, requestId: string, call: Call, output: Output): Promise<void> {
  const found = await reprocessProgress(database.db, requestId);
  if (!found) throw new ReprocessRefused('RETRAITEMENT_INCONNU', `Retraitement ${requestId} inconnu.`);
  const outcomes = await reprocessOutcomes(database.db, requestId);
  if (call.on('json')) output.json({ ...found, outcomes });
  else output.result(progressText(found, outcomes, config.timeZone));
}
