import { basename, resolve } from 'node:path';
import { frenchInteger } from '../../domain/french/numbers.ts';
import { writeErrorFile } from '../../pipeline/intake/error-file.ts';
import { importBatch } from '../../pipeline/intake/import-batch.ts';
import type { ImportResult } from '../../pipeline/intake/merge-batch.ts';
import { UsageError, type Command } from '../command.ts';
import type { Output } from '../output.ts';
import { withInstallation } from '../open-installation.ts';

/** `import FILE…`: takes batches of the RNU in. */
export const importCommand: Command = {
  name: 'import',
  summary: 'importe des lots du RNU (CSV ; gzip accepté)',
  operands: 'FICHIER…',
  options: {
    'dry-run': { help: 'lit et contrôle tout, n’importe rien' },
    by: { value: 'NOM', help: 'qui demande l’import, pour le journal (par défaut : machine)' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'Un lot est importé en entier ou pas du tout. Un fichier déjà importé ne change rien (code 0).',
    'Les lignes illisibles sont écrites à côté du lot, dans FICHIER.erreurs.csv, avec le champ et le remède.',
  ],
  async run(call, output) {
    if (call.positionals.length === 0) throw new UsageError('Indiquez au moins un fichier à importer.');
    const dryRun = call.on('dry-run');
    return withInstallation(async (app) => {
      const imported: unknown[] = [];
      for (const file of call.positionals) {
        const progress = output.progress(`Import ${basename(file)}`);
        const result = await importBatch(
          { name: basename(file), path: resolve(file) },
          {
            database: app.database,
            campaign: app.config.campaign,
            actor: call.text('by') ?? 'machine',
            catalogue: app.reference.columns,
            dryRun,
            onProgress: ({ bytesRead, bytesTotal }) => progress.update(bytesRead, bytesTotal),
          },
        ).finally(() => progress.end());
        const errorFile = await keepUnreadable(app, result, file);
        imported.push({ file: resolve(file), errorFile, ...result });
        if (!call.on('json')) report(output, basename(file), result, errorFile);
      }
      if (call.on('json')) output.json(imported.length === 1 ? imported[0] : imported);
      return 0;
    });
  },
};

async function keepUnreadable(
  app: Parameters<Parameters<typeof withInstallation>[0]>[0],
  result: ImportResult,
  file: string,
): Promise<string | null> {
  if (result.alreadyImported || result.batchId === null || result.counts.unreadable === 0) return null;
  const path = `${resolve(file)}.erreurs.csv`;
  await writeErrorFile(app.database, result.batchId, path);
  return path;
}

function report(output: Output, name: string, result: ImportResult, errorFile: string | null): void {
  if (result.alreadyImported) {
    output.result(`${name} : déjà importé (lot ${result.number}). Rien n’a changé.`);
    return;
  }
  const { counts } = result;
  output.result(
    [
      `${name} : ${result.batchId === null ? 'contrôlé, rien n’a été importé' : `importé, lot ${result.number}`}.`,
      `  lignes lues ${frenchInteger(counts.linesRead)} = acceptées ${frenchInteger(counts.accepted)}` +
        ` + répétées ${frenchInteger(counts.repeats)} + illisibles ${frenchInteger(counts.unreadable)}`,
      `  ménages ${frenchInteger(counts.households)}, personnes ${frenchInteger(counts.people)}`,
      ...result.notes.map((note) => `  remarque : ${note}`),
      ...(errorFile === null ? [] : [`  lignes illisibles : ${errorFile}`]),
    ].join('\n'),
  );
}
