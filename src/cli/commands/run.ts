import { isStopped } from '../../store/schema.ts';
import { runSummary } from '../../store/run/run-summary.ts';
import { startRun } from '../../store/run/start-run.ts';
import { releaseRun } from '../../store/run/release-run.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import type { Output } from '../output.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
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
    by: { value: 'NOM', help: 'qui demande ou décide, pour le journal' },
    because: { value: 'RAISON', help: 'pourquoi une exécution arrêtée peut reprendre (avec release)' },
    wait: { help: 'travaille dans ce processus et attend la clôture' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'Sans --wait, l’exécution est inscrite ; les processus « serve » ou « worker » l’exécutent.',
    'Une seule exécution à la fois : si une autre est ouverte, c’est elle qui est suivie.',
    'Avec --wait : code 3 s’il reste des personnes à voir.',
    'Une exécution arrêtée (montant différent de zéro, comptes déséquilibrés) attend une décision : run release.',
  ],
  async run(call, output) {
    if (call.positionals.length > 0) return release(call, output);
    const date = call.date('date');
    return withInstallation(async (app) => {
      if (call.on('wait')) requireSecurityServer(app);
      const { db } = app.database;
      const started = await startRun(db, {
        runDate: date ?? app.today(),
        campaign: app.config.campaign,
        patienceMs: app.config.times.runPatienceMs,
        batchId: await batchIdOf(db, call.text('batch')),
        startedBy: call.text('by') ?? 'machine',
      });
      if (!started.started) output.say(`L’exécution ${started.runId} n’est pas close : elle est reprise.`);
      if (call.on('wait')) {
        const end = await workUntilClosed(app, started.runId, output);
        if (end === null)
          output.say(`Arrêté. L’exécution ${started.runId} reste ouverte ; la même commande la reprend.`);
      }
      const summary = await runSummary(db, started.runId);
      if (!summary) return FAILED;
      if (call.on('json')) output.json(summary);
      else output.result(summaryText(summary));
      if (isStopped(summary.state)) {
        output.say(`Après examen : pnbsf-cmu run release ${summary.run} --by NOM --because RAISON`);
        return FAILED;
      }
      return call.on('wait') && peopleLeft(summary) ? PEOPLE_LEFT : DONE;
    });
  },
};

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

async function batchIdOf(db: Parameters<typeof runSummary>[0], number: string | null): Promise<string | null> {
  if (number === null) return null;
  const row = await db.selectFrom('batch').select('id').where('number', '=', number).executeTakeFirst();
  if (!row) throw new UsageError(`Lot inconnu : ${number}.`);
  return row.id;
}
