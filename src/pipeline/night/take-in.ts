/** What a night takes in before it starts: new batches of the RNU service, and what lies in the drop folder. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noteRefusal, settleRefusal, type DeliverySource } from '../../store/night/refused-deliveries.ts';
import { unreadableCount } from '../../store/night/unreadable-count.ts';
import { knownNumbers } from '../../store/night/known-numbers.ts';
import { writeErrorFile } from '../intake/error-file.ts';
import { importBatch, type FileImportOptions } from '../intake/import-batch.ts';
import { IntakeError } from '../intake/intake-error.ts';
import type { ImportResult } from '../intake/merge-batch.ts';
import { listBatches, pullBatch, PullError, type Pulling } from '../intake/pull-batch.ts';
import { archive, filesInHand, IN_HAND, pickUp, quarantine, type DropFolder } from './drop-folder.ts';
import { groupDeliveries, type DroppedDelivery } from './dropped-deliveries.ts';

/** What became of one delivery, for the log. */
export type TakenDelivery =
  | {
      readonly outcome: 'imported' | 'known';
      readonly source: DeliverySource;
      readonly name: string;
      readonly batch: string;
    }
  | {
      readonly outcome: 'refused' | 'later';
      readonly source: DeliverySource;
      readonly name: string;
      readonly code: string;
    };

export interface TakeInOptions extends FileImportOptions {
  /** Null: no service is asked. */
  readonly pulling: Pulling | null;
  /** Null: no folder is looked at. */
  readonly drop: DropFolder | null;
  readonly onDelivery: (delivery: TakenDelivery) => void;
}

/**
 * Takes in all there is for a night. A delivery that is refused is kept and told of, and holds up no other; a service
 * that does not answer is asked again the next night. Throws what makes the import of anything impossible.
 */
export async function takeIn(night: string, options: TakeInOptions): Promise<void> {
  if (options.pulling !== null) await pullNew(options.pulling, options);
  if (options.drop !== null) await takeDropped(night, options.drop, options);
}

async function pullNew(pulling: Pulling, options: TakeInOptions): Promise<void> {
  const { db } = options.database;
  try {
    const batches = await listBatches(pulling);
    const known = await knownNumbers(
      db,
      batches.map(({ batchNumber }) => batchNumber),
    );
    for (const { batchNumber } of batches) {
      if (known.has(batchNumber)) continue;
      await oneDelivery('rnu-service', batchNumber, options, async () =>
        pullBatch(batchNumber, { ...options, ...pulling, onProgress: () => undefined }),
      );
    }
  } catch (error) {
    if (!(error instanceof PullError)) throw error;
    options.onDelivery({ outcome: 'later', source: 'rnu-service', name: 'RNU', code: error.code });
  }
}

/** Imports, and keeps a refusal. A database that gave way is no refusal: the night is tried again. */
async function oneDelivery(
  source: DeliverySource,
  name: string,
  options: TakeInOptions,
  work: () => Promise<ImportResult>,
  refused: (error: IntakeError) => Promise<string | null> = () => Promise.resolve(null),
): Promise<ImportResult | null> {
  const { db } = options.database;
  try {
    const result = await work();
    await settleRefusal(db, source, name);
    options.onDelivery({ outcome: result.alreadyImported ? 'known' : 'imported', source, name, batch: result.number });
    return result;
  } catch (error) {
    if (!(error instanceof IntakeError) || error.code === 'IMPORT_INTERROMPU') throw error;
    const keptAt = await refused(error);
    const { code, message: explanation, remedy } = error;
    await noteRefusal(db, { source, name, code, explanation, remedy, keptAt });
    options.onDelivery({ outcome: 'refused', source, name, code });
    return null;
  }
}

async function takeDropped(night: string, drop: DropFolder, options: TakeInOptions): Promise<void> {
  const { left } = await pickUp(drop);
  for (const name of left) options.onDelivery({ outcome: 'later', source: 'drop', name, code: 'COPIE_EN_COURS' });
  const inHand = join(drop.directory, IN_HAND);
  const { deliveries, waiting } = await groupDeliveries(inHand, await filesInHand(drop.directory));
  for (const name of waiting) options.onDelivery({ outcome: 'later', source: 'drop', name, code: 'LOT_INCOMPLET' });
  for (const delivery of deliveries) await takeOne(night, drop.directory, delivery, options);
}

async function takeOne(
  night: string,
  directory: string,
  delivery: DroppedDelivery,
  options: TakeInOptions,
): Promise<void> {
  const { name, files, controlName } = delivery;
  const all = [...files, ...(controlName === null ? [] : [controlName])];
  const result = await oneDelivery(
    'drop',
    files.join(' + '),
    options,
    () => importDelivery(join(directory, IN_HAND), delivery, options),
    async (error) => {
      const [first] = await putAll(all, (file) => quarantine(directory, file));
      if (first === undefined) return null;
      await writeFile(`${first}.refus.txt`, refusalText(files, error), { mode: 0o600 });
      return first;
    },
  );
  if (result === null) return;
  // The error file first: a crash between the two leaves the delivery in hand, and both are done again.
  const errors = await errorsOf(result, join(directory, IN_HAND, `${name}.erreurs.csv`), options);
  await putAll([...(errors ? [`${name}.erreurs.csv`] : []), ...all], (file) => archive(directory, file, night));
}

async function importDelivery(
  folder: string,
  delivery: DroppedDelivery,
  options: TakeInOptions,
): Promise<ImportResult> {
  const { files, control, fault } = delivery;
  if (fault !== null) throw fault;
  const [first = '', ...more] = files;
  return importBatch(
    {
      name: first,
      path: join(folder, first),
      more: more.map((file) => ({ name: file, path: join(folder, file) })),
      ...numberOf(delivery),
      fullList: control?.fullList ?? false,
      ...(control?.people === undefined ? {} : { declaredPeople: control.people }),
      ...(control?.households === undefined ? {} : { declaredHouseholds: control.households }),
    },
    options,
  );
}

/** Several files have no one name to make a number from. */
function numberOf({ name, files, control }: DroppedDelivery): { readonly number?: string } {
  const number = control?.number ?? (files.length > 1 ? name : null);
  return number === null ? {} : { number };
}

async function errorsOf(result: ImportResult, path: string, { database }: TakeInOptions): Promise<boolean> {
  if (result.batchId === null || (await unreadableCount(database.db, result.batchId)) === 0) return false;
  await writeErrorFile(database, result.batchId, path);
  return true;
}

async function putAll(files: readonly string[], put: (file: string) => Promise<string>): Promise<readonly string[]> {
  const places: string[] = [];
  for (const file of files) places.push(await put(file));
  return places;
}

function refusalText(files: readonly string[], { code, message, remedy }: IntakeError): string {
  return [`Lot refusé : ${files.join(', ')}`, message, `→ ${remedy}`, `(${code})`, ''].join('\r\n');
}
