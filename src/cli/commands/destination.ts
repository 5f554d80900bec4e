import { PARTNERS, type PartnerName } from '../../config.ts';
import type { App } from '../../app.ts';
import type { Executor } from '../../store/database.ts';
import {
  listPauses,
  pauseDestination,
  resumeDestination,
  type PauseOrder,
} from '../../store/destination/destination-pauses.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import { destinationText, type DestinationState } from '../destination-text.ts';
import { withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';
import { requiredText } from '../required-text.ts';

/** `destination pause|resume|list`: the kill switch of each partner. */
export const destination: Command = {
  name: 'destination',
  summary: 'suspend ou rétablit les appels vers un partenaire',
  operands: 'list | pause NOM | resume NOM',
  options: {
    by: { value: 'NOM', help: 'qui le décide (pause, resume)' },
    because: { value: 'TEXTE', help: 'pourquoi (obligatoire pour pause)' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    `Destinations : ${PARTNERS.join(', ')}.`,
    'Une suspension vaut pour tous les processus, en quelques secondes. Un enrôlement déjà parti n’est pas interrompu ;',
    'les personnes concernées sont reportées, sans perdre d’essai. Chaque décision est inscrite au journal.',
  ],
  run(call, output) {
    const [action, name, ...more] = call.positionals;
    if (more.length > 0) throw new UsageError(`« ${more.join(' ')} » est de trop.`);
    if (action === 'list' && name === undefined) return withInstallation((app) => list(app, call, output));
    if (action === 'pause') {
      const order = orderOf(call, name, requiredText(call, 'because'));
      return withInstallation((app) => pause(app, order, call, output));
    }
    if (action === 'resume') {
      const order = orderOf(call, name, call.text('because') ?? '');
      return withInstallation((app) => resume(app, order, call, output));
    }
    throw new UsageError('Écrivez « destination list », « destination pause NOM » ou « destination resume NOM ».');
  },
};

async function list({ database, config }: App, call: Call, output: Output): Promise<number> {
  const states = await statesOf(database.db);
  if (call.on('json')) output.json(states);
  else for (const state of states) output.result(destinationText(state, config.timeZone));
  return 0;
}

async function pause(app: App, order: PauseOrder, call: Call, output: Output): Promise<number> {
  const done = await pauseDestination(app.database.db, order);
  if (!done) output.say(`${order.name} était déjà suspendue : rien n’est changé.`);
  return tell(app, order.name, call, output);
}

async function resume(app: App, order: PauseOrder, call: Call, output: Output): Promise<number> {
  const done = await resumeDestination(app.database.db, order);
  if (!done) output.say(`${order.name} n’était pas suspendue : rien n’est changé.`);
  return tell(app, order.name, call, output);
}

async function tell({ database, config }: App, name: string, call: Call, output: Output): Promise<number> {
  const state = (await statesOf(database.db)).find((one) => one.name === name);
  if (state === undefined) return 1;
  if (call.on('json')) output.json(state);
  else output.result(destinationText(state, config.timeZone));
  return 0;
}

async function statesOf(db: Executor): Promise<readonly DestinationState[]> {
  const pauses = await listPauses(db);
  return PARTNERS.map((name) => {
    const found = pauses.find((one) => one.name === name);
    if (found === undefined) return { name, pause: null };
    const { pausedAt, pausedBy, because } = found;
    return { name, pause: { pausedAt, pausedBy, because } };
  });
}

function orderOf(call: Call, name: string | undefined, because: string): PauseOrder {
  const known: PartnerName | undefined = PARTNERS.find((one) => one === name);
  if (known === undefined)
    throw new UsageError(
      name === undefined ? `Nommez la destination : ${PARTNERS.join(', ')}.` : `Destination inconnue : ${name}.`,
    );
  return { name: known, by: requiredText(call, 'by'), because };
}
