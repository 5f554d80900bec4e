import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { ownKeysFolder } from '../../report-setup.ts';
import { readPublicKey } from '../../reports/proof/signing-keys.ts';
import { verifyReport } from '../../reports/proof/verify-report.ts';
import { publishRun, type PublicationSettings } from '../../reports/publish-run.ts';
import { writeReport, type ReportFiles } from '../../reports/write-report.ts';
import type { Executor } from '../../store/database.ts';
import type { RunSummary } from '../../store/run/run-summary.ts';
import { chosenRun } from '../chosen-run.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import { withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';
import { verificationText } from '../report/verification-text.ts';
import { summaryText } from '../summary-text.ts';

/** `report [RUN]`: the files of a closed run. `report verify DIR`: whether a report is the one that was signed. */
export const report: Command = {
  name: 'report',
  summary: 'écrit le rapport d’une exécution close, ou vérifie un rapport reçu',
  operands: '[EXÉCUTION] | verify DOSSIER',
  options: {
    out: { value: 'DOSSIER', help: 'où écrire (par défaut : rapport-EXÉCUTION)' },
    send: { help: 'met les courriels dans la file ; ils partent par « serve » ou « worker »' },
    key: { value: 'FICHIER', help: 'avec verify : clé publique de confiance (PEM)' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'Écrit rapprochement.csv (une ligne par personne), synthese.csv, les listes de travaux par service,',
    'rapport.xlsx, les données ouvertes, et manifest.json, signé.',
    '« report verify DOSSIER » contrôle sans réseau ni base la signature, chaque fichier et les sommes. La clé de',
    'confiance vient de --key, de PNBSF_REPORT_TRUSTED_KEY ou de l’installation ; jamais du dossier contrôlé.',
  ],
  run: (call, output) => (call.positionals[0] === 'verify' ? verify(call, output) : write(call, output)),
};

async function write(call: Call, output: Output): Promise<number> {
  if (call.text('key') !== null) throw new UsageError('--key ne sert qu’à « report verify ».');
  return withInstallation(async (app) => {
    const summary = await chosenRun(app.database.db, call.positionals[0]);
    const folder = call.text('out') ?? `rapport-${summary.run}`;
    const { db } = app.database;
    const settings = await app.publication();
    const files = call.on('send')
      ? await publish(db, summary, folder, settings, output)
      : (await writeReport(db, summary, folder, settings.report)).paths;
    if (call.on('json')) output.json({ ...summary, files });
    else output.result([summaryText(summary), '', ...Object.values(files).map((file) => `  ${file}`)].join('\n'));
    return 0;
  });
}

async function publish(
  db: Executor,
  summary: RunSummary,
  folder: string,
  settings: PublicationSettings,
  output: Output,
): Promise<ReportFiles> {
  const { paths, mailsQueued } = await publishRun(db, summary, folder, settings);
  output.say(
    settings.mail.recipients.length === 0
      ? 'Aucun destinataire : complétez config/destinataires.csv.'
      : `${mailsQueued} courriel(s) mis dans la file ; qui a déjà été averti de cette exécution ne l’est pas deux fois.`,
  );
  return paths;
}

async function verify(call: Call, output: Output): Promise<number> {
  const [, folder, ...others] = call.positionals;
  if (folder === undefined || others.length > 0) throw new UsageError('« report verify » attend un dossier.');
  const config = readConfig(process.env);
  const keyFile = call.text('key') ?? config.reports.trustedKey ?? join(ownKeysFolder(config), 'rapport-publique.pem');
  const found = await verifyReport(folder, await readPublicKey(keyFile));
  if (call.on('json')) output.json(found);
  else output.result(verificationText(found, folder));
  return found.holds ? 0 : 1;
}
