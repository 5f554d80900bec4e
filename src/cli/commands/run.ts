import { isStopped } from '../../store/schema.ts';
import { runSummary, type RunSummary } from '../../store/run/run-summary.ts';
import { releaseRun } from '../../store/run/release-run.ts';
import { batchIdOf } from '../batch-id-of.ts';
import { brakeText } from '../brake-text.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import type { Output } from '../output.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
import { startNight } from '../start-night.ts';
import { renewalLead } from '../../night-setup.ts';
import { PEOPLE_LEFT, peopleLeft, summaryText } from '../summary-text.ts';
import { workUntilClosed } from '../work-until-closed.ts';

const DONE = 0;
const FAILED = 1;

/** `run`: starts a run now, over everything that is due or over one batch. */
export const run: Command = {
  name: 'run',
  summary: 'lance une exécution : vérifie, enrôle, rapproche',
  operands: '| run release EXÉCUTION',
  options: {
    batch: { value: 'NUMÉRO', help: 'seulement les ménages de ce lot (par défaut : tout ce qui est dû)' },
    date: { value: 'AAAA-MM-JJ', help: 'date de l’exécution (par défaut : aujourd’hui)' },
    shadow: { help: 'à blanc : vérifie, rapproche et rend compte sans enrôler personne' },
    'max-writes': { value: 'N', help: 'envoie au plus N demandes d’adhésion ; les autres attendent la suivante' },
    by: { value: 'NOM', help: 'qui demande ou décide, pour le journal' },
    because: { value: 'RAISON', help: 'pourquoi une exécution arrêtée peut reprendre (avec release)' },
    wait: { help: 'travaille dans ce processus et attend la clôture' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'Sans --wait, l’exécution est inscrite ; les processus « serve » ou « worker » l’exécutent.',
    'Une seule exécution à la fois : si une autre est ouverte, c’est elle qui est suivie.',
    'Une première nuit prudente : run --shadow, lire le rapport, puis run --max-writes 100.',
    'Si l’exécution ouverte n’est pas de la sorte demandée (à blanc, plafond), rien n’est fait : code 1.',
    'Avec --wait : code 3 s’il reste des personnes à voir.',
    'Une courte exécution du personnel (review, reprocess) se termine d’abord, puis la nuit commence.',
    'Une exécution arrêtée (frein, montant différent de zéro, comptes déséquilibrés) attend une décision : run release.',
  ],
  async run(call, output) {
    if (call.positionals.length > 0) return release(call, output);
    const date = call.date('date');
    const care = careOf(call);
    return withInstallation(async (app) => {
      if (call.on('wait')) requireSecurityServer(app);
      const { db } = app.database;
      const order = {
        runDate: date ?? app.today(),
        campaign: app.config.campaign,
        patienceMs: app.config.times.runPatienceMs,
        batchId: await batchIdOf(db, call.text('batch')),
        startedBy: call.text('by') ?? 'machine',
        renewalLeadDays: renewalLead(app),
        ...care,
      };
      const started = await startNight(app, order, { wait: call.on('wait'), output });
      if (!started.started) output.say(resumed(await runSummary(db, started.runId)));
      if (call.on('wait')) {
        const end = await workUntilClosed(app, started.runId, output);
        if (end === null)
          output.say(`Arrêté. L’exécution ${started.runId} reste ouverte ; la même commande la reprend.`);
      }
      const summary = await runSummary(db, started.runId);
      if (!summary) return FAILED;
      if (call.on('json')) output.json(summary);
      else output.result(summaryText(summary) + (await brakeText(db, summary)));
      if (isStopped(summary.state)) {
        output.say(`Après examen : pnbsf-cmu run release ${summary.run} --by NOM --because RAISON`);
        return FAILED;
      }
      return call.on('wait') && peopleLeft(summary) ? PEOPLE_LEFT : DONE;
    });
  },
};

/** How careful the run must be. Throws {@link UsageError} where the two ways contradict each other. */
function careOf(call: Call): { shadow: boolean; maxWrites: number | null } {
  const shadow = call.on('shadow');
  const maxWrites = call.text('max-writes') === null ? null : call.wholeNumber('max-writes', 0);
  if (shadow && maxWrites !== null)
    throw new UsageError('--shadow n’envoie rien : --max-writes ne s’emploie pas avec elle.');
  return { shadow, maxWrites };
}

function resumed(open: RunSummary | null): string {
  const kind = open?.shadow === true ? ', à blanc,' : '';
  return `L’exécution ${open?.run ?? ''}${kind} n’est pas close : elle est reprise.`;
}

/** `run release RUN`: a named person lets a stopped run go on. */
async function release(call: Call, output: Output): Promise<number> {
  const [word, runId] = call.positionals;
  const by = call.text('by');
  const because = call.text('because');
  if (word !== 'release' || runId === undefined || !/^\d{1,15}$/.test(runId) || by === null || because === null)
    throw new UsageError('Écrivez : run release EXÉCUTION --by NOM --because RAISON.');
  return withInstallation(async (app) => {
    if (!(await releaseRun(app.database.db, { runId, by, because }))) {
      output.say(`L’exécution ${runId} n’est pas arrêtée : il n’y a rien à relancer.`);
      return FAILED;
    }
    output.result(`L’exécution ${runId} reprend. Décision de ${by}, inscrite au journal.`);
    return DONE;
  });
}
