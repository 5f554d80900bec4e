import { waitForRun } from '../../pipeline/run/wait-for-run.ts';
import { runSummary } from '../../store/run/run-summary.ts';
import { startRun } from '../../store/run/start-run.ts';
import { UsageError, type Command } from '../command.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
import { peopleLeft, summaryText } from '../summary-text.ts';

const PEOPLE_LEFT = 3;

/** `run`: starts a run now, over everything that is due or over one batch. */
export const run: Command = {
  name: 'run',
  summary: 'lance une exécution : vérifie, enrôle, rapproche',
  operands: '',
  options: {
    batch: { value: 'NUMÉRO', help: 'seulement les ménages de ce lot (par défaut : tout ce qui est dû)' },
    date: { value: 'AAAA-MM-JJ', help: 'date de l’exécution (par défaut : aujourd’hui)' },
    wait: { help: 'travaille dans ce processus et attend la clôture' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'Sans --wait, l’exécution est inscrite et les processus « serve » ou « worker » la font.',
    'Une seule exécution à la fois : si une autre est ouverte, c’est elle qui est suivie.',
    'Avec --wait : code 3 s’il reste des personnes à voir.',
  ],
  async run(call, output) {
    const date = call.text('date');
    if (date !== null && !/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new UsageError('--date : écrivez AAAA-MM-JJ.');
    return withInstallation(async (app) => {
      if (call.on('wait')) requireSecurityServer(app);
      const { db } = app.database;
      const started = await startRun(db, {
        runDate: date ?? app.today(),
        campaign: app.config.campaign,
        patienceMs: app.config.times.runPatienceMs,
        batchId: await batchIdOf(db, call.text('batch')),
        startedBy: 'machine',
      });
      if (!started.started) output.say(`L’exécution ${started.runId} est encore ouverte : elle est reprise.`);
      if (call.on('wait')) {
        const progress = output.progress('Ménages');
        const work = await app.startWork();
        await waitForRun(db, started.runId, ({ settled, households }) => progress.update(settled, households));
        progress.end();
        await work.close();
      }
      const summary = await runSummary(db, started.runId);
      if (!summary) return 1;
      if (call.on('json')) output.json(summary);
      else output.result(summaryText(summary));
      if (summary.state === 'unbalanced' || summary.state === 'defective') return 1;
      return call.on('wait') && peopleLeft(summary) ? PEOPLE_LEFT : 0;
    });
  },
};

async function batchIdOf(db: Parameters<typeof runSummary>[0], number: string | null): Promise<string | null> {
  if (number === null) return null;
  const row = await db.selectFrom('batch').select('id').where('number', '=', number).executeTakeFirst();
  if (!row) throw new UsageError(`Lot inconnu : ${number}.`);
  return row.id;
}
