import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { App } from '../../app.ts';
import { frenchDate, frenchInteger } from '../../domain/french/numbers.ts';
import { writeErrorFile } from '../../pipeline/intake/error-file.ts';
import { importBatch } from '../../pipeline/intake/import-batch.ts';
import { controlledBatch } from '../../pipeline/intake/control-file.ts';
import { IntakeError } from '../../pipeline/intake/intake-error.ts';
import { noteRefusal, settleRefusal } from '../../store/night/refused-deliveries.ts';
import { sourceOf } from '../import-source.ts';
import type { ImportResult } from '../../pipeline/intake/merge-batch.ts';
import { listBatches, pullBatch, type Pulling } from '../../pipeline/intake/pull-batch.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import { requireSecurityServer, withInstallation } from '../open-installation.ts';
import type { Output } from '../output.ts';

/** `import FILE…`: takes batches of the RNU in. */
export const importCommand: Command = {
  name: 'import',
  summary: 'importe des lots du RNU : fichiers CSV ou XML (gzip accepté) ou service du RNU',
  operands: 'FICHIER… | --rnu [LOT…]',
  options: {
    rnu: { help: 'prend les lots au service du RNU ; sans numéro, donne la liste des lots prêts' },
    'batch-number': { value: 'NUMÉRO', help: 'les fichiers nommés sont un seul lot, de ce numéro' },
    people: { value: 'N', help: 'personnes annoncées par l’expéditeur ; sinon le lot est refusé' },
    households: { value: 'N', help: 'ménages annoncés par l’expéditeur ; sinon le lot est refusé' },
    'full-list': {
      help: 'le lot est la liste complète du RNU : les personnes connues qui n’y sont plus en sont sorties',
    },
    'dry-run': { help: 'lit et contrôle tout, n’importe rien' },
    by: { value: 'NOM', help: 'qui demande l’import, pour le journal (par défaut : machine)' },
    json: { help: 'résultat en JSON' },
  },
  details: [
    'Un lot est importé en entier ou pas du tout. Un lot déjà importé ne change rien (code 0).',
    'Un fichier LOT.controle.json placé à côté (menages, personnes, fichiers) annonce les totaux du lot LOT ;',
    'il peut aussi être nommé lui-même : tous ses fichiers sont alors un seul lot.',
    'Avec --full-list, ou « listeComplete » dans le fichier de contrôle, les sortants sont relevés ; personne n’est retiré.',
    'Les lignes illisibles sont écrites dans FICHIER.erreurs.csv, avec le champ et le remède.',
  ],
  async run(call, output) {
    const fromService = call.on('rnu');
    if (call.positionals.length === 0 && !fromService) throw new UsageError('Indiquez au moins un fichier à importer.');
    return withInstallation(async (app) => {
      if (fromService) requireSecurityServer(app);
      if (fromService && call.positionals.length === 0) return showBatches(app, call, output);
      const imported: unknown[] = [];
      for (const operand of operandsOf(call)) {
        const result = await importOne(app, call, output, operand);
        if (!call.on('dry-run'))
          await settleRefusal(app.database.db, fromService ? 'rnu-service' : 'file', basename(operand));
        const errorFile = await keepUnreadable(app, result, operand);
        imported.push({ batch: operand, errorFile, ...result });
        if (!call.on('json')) report(output, basename(operand), result, errorFile);
      }
      if (call.on('json')) output.json(imported.length === 1 ? imported[0] : imported);
      return 0;
    });
  },
};

async function importOne(app: App, call: Call, output: Output, operand: string): Promise<ImportResult> {
  const progress = output.progress(`Import ${basename(operand)}`);
  const options = {
    database: app.database,
    campaign: app.config.campaign,
    actor: call.text('by') ?? 'machine',
    catalogue: app.reference.columns,
    matchKeys: app.reference.matcher.keys,
    dryRun: call.on('dry-run'),
  };
  try {
    if (call.on('rnu'))
      return await pullBatch(operand, { ...options, ...pulling(app), onProgress: progress.update.bind(progress) });
    const source = await sourceOf(call, operand);
    return await importBatch(source, {
      ...options,
      onProgress: ({ bytesRead, bytesTotal }) => progress.update(bytesRead, bytesTotal),
    });
  } catch (error) {
    if (error instanceof IntakeError && !call.on('dry-run')) await keepRefusal(app, call, operand, error);
    throw error;
  } finally {
    progress.end();
  }
}

/** One operand is one batch; with a batch number all of them are. */
function operandsOf(call: Call): readonly string[] {
  const [first = ''] = call.positionals;
  const one = call.text('batch-number') !== null && !call.on('rnu');
  const declared = call.text('people') !== null || call.text('households') !== null;
  if (declared && call.on('rnu')) throw new UsageError('Le service du RNU annonce lui-même ses totaux.');
  if (call.on('full-list') && call.on('rnu'))
    throw new UsageError(
      'Le service du RNU ne dit pas si un lot est sa liste complète : --full-list vaut pour des fichiers.',
    );
  if (call.on('full-list') && call.positionals.length > 1 && !one)
    throw new UsageError('--full-list parle d’un seul lot : ajoutez --batch-number.');
  if (declared && call.positionals.length > 1 && !one)
    throw new UsageError('--people et --households parlent d’un seul lot : ajoutez --batch-number.');
  if (one && call.positionals.some((path) => controlledBatch(path) !== null))
    throw new UsageError('Un fichier de contrôle donne lui-même son numéro de lot (« lot »).');
  return one ? [first] : call.positionals;
}

async function keepRefusal(
  { database: { db } }: App,
  call: Call,
  operand: string,
  { code, message: explanation, remedy }: IntakeError,
): Promise<void> {
  const fromService = call.on('rnu');
  const keptAt = fromService ? null : resolve(operand);
  const name = fromService ? operand : basename(operand);
  // A database that is away has nowhere to keep it; the command fails with the refusal itself all the same.
  await noteRefusal(db, {
    source: fromService ? 'rnu-service' : 'file',
    name,
    code,
    explanation,
    remedy,
    keptAt,
  }).catch(() => undefined);
}

function pulling(app: App): Pulling {
  // A person waits at the keyboard: the first pause between tries is a second, not the night's minute.
  return { registry: app.partners().socialRegistry, newMessageId: randomUUID, firstPauseMs: 1_000 };
}

async function showBatches(app: App, call: Call, output: Output): Promise<number> {
  const batches = await listBatches(pulling(app));
  if (call.on('json')) output.json(batches);
  else if (batches.length === 0) output.result('Le RNU n’a aucun lot prêt.');
  for (const batch of call.on('json') ? [] : batches)
    output.result(
      `${batch.batchNumber}   extrait le ${frenchDate(batch.extractedOn)}   ` +
        `${frenchInteger(batch.households)} ménages, ${frenchInteger(batch.people)} personnes`,
    );
  return 0;
}

async function keepUnreadable(app: App, result: ImportResult, operand: string): Promise<string | null> {
  if (result.alreadyImported || result.batchId === null || result.counts.unreadable === 0) return null;
  const path = `${resolve(operand)}.erreurs.csv`;
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
