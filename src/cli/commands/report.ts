import { writeReport } from '../../reports/write-report.ts';
import { chosenRun } from '../chosen-run.ts';
import type { Command } from '../command.ts';
import { withInstallation } from '../open-installation.ts';
import { summaryText } from '../summary-text.ts';

/** `report [RUN]`: the files of a closed run. */
export const report: Command = {
  name: 'report',
  summary: 'écrit le rapport d’une exécution close',
  operands: '[EXÉCUTION]',
  options: {
    out: { value: 'DOSSIER', help: 'où écrire (par défaut : rapport-EXÉCUTION)' },
    json: { help: 'résultat en JSON' },
  },
  details: ['Écrit rapprochement.csv (une ligne par personne), synthese.csv et resultat.json.'],
  run: (call, output) =>
    withInstallation(async (app) => {
      const summary = await chosenRun(app.database.db, call.positionals[0]);
      const files = await writeReport(app.database.db, summary, call.text('out') ?? `rapport-${summary.run}`);
      if (call.on('json')) output.json({ ...summary, files });
      else output.result([summaryText(summary), '', ...Object.values(files).map((file) => `  ${file}`)].join('\n'));
      return 0;
    }),
};
