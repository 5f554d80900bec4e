import type { App } from '../../app.ts';
import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import { OFFICE_LABELS } from '../../domain/french/office-labels.ts';
import { REASONS, type Office, type ReasonCode } from '../../domain/reasons.ts';
import { confirmPerson, type DecisionContext } from '../../pipeline/review/confirm-person.ts';
import { discardPerson, DISCARDS, type DiscardedAs } from '../../pipeline/review/discard-person.ts';
import { openCase } from '../../pipeline/review/review-case.ts';
import { listQueue } from '../../store/review/list-queue.ts';
import { noteFullAccess } from '../../store/review/note-access.ts';
import { chosenRun } from '../chosen-run.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import { withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';
import { reasonsOf } from '../reasons-of.ts';
import { requiredText } from '../required-text.ts';
import { caseJson, entryJson } from '../review/case-json.ts';
import { caseText } from '../review/case-text.ts';
import { confirmedText, heldBack } from '../review/confirmed-text.ts';
import { queueText } from '../review/queue-text.ts';

const DONE = 0;
const PAGE = 50;

/** `review list | show | confirm | discard`: the doubts of the machine, decided by named people. */
export const review: Command = {
  name: 'review',
  summary: 'montre les personnes à vérifier et enregistre les décisions',
  operands: 'list | show DOSSIER | confirm DOSSIER | discard DOSSIER',
  options: {
    reason: { value: 'CODE', help: 'seulement ces motifs ; plusieurs par des virgules (list)', many: true },
    region: { value: 'RÉGION', help: 'seulement cette région (list)' },
    office: { value: 'SERVICE', help: `seulement ce que ce service doit régler : ${offices().join(', ')} (list)` },
    run: { value: 'EXÉCUTION', help: 'seulement les doutes de cette exécution (list)' },
    limit: { value: 'N', help: `personnes montrées (list, par défaut : ${PAGE})` },
    full: { help: 'montre les numéros entiers ; la consultation est inscrite au journal, --by est obligatoire (show)' },
    record: { value: 'N', help: 'fiche sous laquelle enrôler, ou « rnu » pour les noms du RNU (confirm)' },
    'distinct-from': {
      value: 'RÉF',
      help: 'autre ligne qui est une autre personne ; plusieurs par des virgules (confirm)',
      many: true,
    },
    'not-registered': {
      help: 'après une demande partie : l’agent a cherché dans SIGICMU et la personne n’y est pas (confirm)',
    },
    renew: { value: 'CODE', help: 'couverture expirée à renouveler (confirm)' },
    as: { value: 'MOTIF', help: 'duplicate (doublon), deceased (décès) ou out-of-scope (hors périmètre) (discard)' },
    of: { value: 'RÉF', help: 'ligne du RNU ou code d’immatriculation dont c’est le doublon (discard)' },
    by: { value: 'NOM', help: 'qui décide (confirm, discard)' },
    because: { value: 'RAISON', help: 'pourquoi (confirm, discard)' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'DOSSIER : le numéro donné par « review list », ou la référence RNU de la personne (MÉNAGE/NUMÉRO).',
    'Une personne confirmée est enrôlée sans autre commande : par l’exécution ouverte, sinon par une courte exécution',
    'qu’un processus « serve » ou « worker » ouvre de lui-même ; sans eux, par le prochain « run --wait ».',
    'Confirmer ou écarter est définitif et inscrit au journal, avec le nom et la raison.',
  ],
  run(call, output) {
    const [action, person, ...more] = call.positionals;
    if (more.length > 0) throw new UsageError(`« ${more.join(' ')} » est de trop.`);
    if (action === 'list' && person === undefined) return list(call, output);
    if (person === undefined || person.trim() === '') throw new UsageError(USAGE);
    if (action === 'show') return show(person, call, output);
    if (action === 'confirm') return confirm(person, call, output);
    if (action === 'discard') return discard(person, call, output);
    throw new UsageError(USAGE);
  },
};

const USAGE =
  'Écrivez « review list », « review show DOSSIER », « review confirm DOSSIER » ou « review discard DOSSIER ».';

async function list(call: Call, output: Output): Promise<number> {
  const reasons = reasonsOf(call);
  const office = officeOf(call);
  const limit = call.wholeNumber('limit', PAGE);
  if (limit < 1) throw new UsageError('--limit : au moins 1.');
  return withInstallation(async ({ database: { db }, config }) => {
    const run = call.text('run');
    const queue = await listQueue(db, {
      campaign: config.campaign,
      reasons: [...(reasons.length > 0 ? [reasons] : []), ...(office === null ? [] : [codesOf(office)])],
      region: call.text('region'),
      runId: run === null ? null : (await chosenRun(db, run)).run,
      limit,
    });
    if (call.on('json')) output.json({ total: queue.total, entries: queue.entries.map(entryJson) });
    else output.result(queueText(queue));
    return DONE;
  });
}

async function show(person: string, call: Call, output: Output): Promise<number> {
  const full = call.on('full');
  const by = full ? requiredText(call, 'by', 'la consultation est inscrite au journal') : '';
  return withInstallation(async (app) => {
    const reviewed = await openCase(decisionContext(app), person);
    if (full) await noteFullAccess(app.database.db, reviewed.personId, by);
    if (call.on('json')) output.json(caseJson(reviewed, full));
    else output.result(caseText(reviewed, { full, timeZone: app.config.timeZone }));
    return DONE;
  });
}

async function confirm(person: string, call: Call, output: Output): Promise<number> {
  const order = {
    ...reviewer(call),
    person,
    record: call.text('record'),
    distinctFrom: call.texts('distinct-from'),
    renews: call.text('renew'),
    notRegistered: call.on('not-registered'),
  };
  return withInstallation(async (app) => {
    const confirmed = await confirmPerson(decisionContext(app), order);
    if (call.on('json'))
      output.json({
        id: confirmed.case.id,
        ref: confirmed.case.member.ref,
        state: confirmed.looksFirst ? 'outcome-unknown' : 'confirmed',
        record: confirmed.identity.from?.number ?? 'rnu',
        renews: confirmed.renews,
        distinctFrom: confirmed.distinctFrom,
        heldBack: heldBack(confirmed.case).map(({ ref }) => ref),
        by: order.by,
      });
    else output.result(confirmedText(confirmed, order.by));
    return DONE;
  });
}

async function discard(person: string, call: Call, output: Output): Promise<number> {
  const as = call.text('as');
  if (as === null || !isDiscard(as)) throw new UsageError(`--as : ${Object.keys(DISCARDS).join(', ')}.`);
  const of = call.text('of');
  if (of !== null && as !== 'duplicate') throw new UsageError('--of ne va qu’avec --as duplicate.');
  const order = { ...reviewer(call), person, as, of };
  return withInstallation(async (app) => {
    const discarded = await discardPerson(decisionContext(app), order);
    const { ref, id } = { ref: discarded.case.member.ref, id: discarded.case.id };
    if (call.on('json')) output.json({ id, ref, state: discarded.to, of: discarded.of, by: order.by });
    else
      output.result(
        [
          `${ref} : ${STATE_LABELS[discarded.to]}. Décision de ${order.by}, inscrite au journal.`,
          ...(discarded.case.sends > 0
            ? ['Attention : une demande était déjà partie. Cherchez la personne dans SIGICMU et faites-la y radier.']
            : []),
        ].join('\n'),
      );
    return DONE;
  });
}

function reviewer(call: Call): { readonly by: string; readonly because: string } {
  return { by: requiredText(call, 'by'), because: requiredText(call, 'because') };
}

function decisionContext(app: App): DecisionContext {
  const { database, reference, config } = app;
  const { matcher, policy, gazetteer, rules, capabilitiesOf } = reference;
  const ruleSet = rules.fingerprint;
  const { campaign } = config;
  const insurer = { capabilitiesOf };
  return { db: database.db, matcher, policy, gazetteer, insurer, ruleSet, campaign, today: app.today() };
}

function offices(): readonly Office[] {
  return (Object.keys(OFFICE_LABELS) as Office[]).filter((office) => office !== 'none');
}

function officeOf(call: Call): Office | null {
  const written = call.text('office');
  if (written === null) return null;
  const known = offices().find((one) => one.toLowerCase() === written.toLowerCase());
  if (known === undefined) throw new UsageError(`Service inconnu : ${written}. Services : ${offices().join(', ')}.`);
  return known;
}

function codesOf(office: Office): readonly ReasonCode[] {
  return (Object.keys(REASONS) as ReasonCode[]).filter(
    (code) => REASONS[code].office === office && REASONS[code].blocks,
  );
}

function isDiscard(text: string): text is DiscardedAs {
  return Object.hasOwn(DISCARDS, text);
}
