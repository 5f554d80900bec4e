import { setTimeout as pause } from 'node:timers/promises';
import type { CallResult } from '../../domain/partner-call.ts';
import type { RnuBatch, RnuPage, SocialRegistry } from '../../domain/partners.ts';
import { importRecords, type IntakeRecord, type RecordImportOptions } from './import-records.ts';
import type { ImportResult } from './merge-batch.ts';

/** A batch could not be fetched from the RNU service. Nothing was imported. */
export class PullError extends Error {
  readonly code: 'LOT_INCONNU_DU_RNU' | 'RNU_INDISPONIBLE';
  readonly remedy: string;
  constructor(code: PullError['code'], message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/** How the service is asked. */
export interface Pulling {
  readonly registry: SocialRegistry;
  readonly newMessageId: () => string;
  /** Pause after a first failed try; doubles with each further one. */
  readonly firstPauseMs: number;
}

export interface PullOptions extends RecordImportOptions, Pulling {
  readonly onProgress?: (people: number, total: number) => void;
}

/** Tries of one page before the whole batch is left for later; pages are stable, so nothing is fetched twice over. */
const TRIES = 5;

/** The batches the RNU service has ready. Throws {@link PullError}. */
export async function listBatches(pulling: Pulling): Promise<readonly RnuBatch[]> {
  return patiently(pulling, 'la liste des lots', (messageId) =>
    pulling.registry.listBatches({ messageId, issue: 'RNU-LOTS' }),
  );
}

/**
 * Imports a batch from the RNU service, page after page, all or nothing. The total the service announced must be what
 * its pages hold: a page that is missing or comes twice refuses the batch. Throws {@link PullError} and `IntakeError`.
 */
export async function pullBatch(batchNumber: string, options: PullOptions): Promise<ImportResult> {
  const batch = (await listBatches(options)).find((one) => one.batchNumber === batchNumber);
  if (!batch)
    throw new PullError(
      'LOT_INCONNU_DU_RNU',
      `Le RNU ne propose pas de lot ${batchNumber}.`,
      '« pnbsf-cmu import --rnu » sans numéro donne la liste des lots.',
    );
  return importRecords(
    { name: `RNU ${batchNumber}`, number: batchNumber, declaredPeople: batch.people, records: records(batch, options) },
    options,
  );
}

async function* records(batch: RnuBatch, options: PullOptions): AsyncGenerator<IntakeRecord> {
  let lineNumber = 0;
  let cursor: string | null = null;
  do {
    const at: string | null = cursor;
    const page: RnuPage = await patiently(options, `le lot ${batch.batchNumber}`, (messageId) =>
      options.registry.fetchPage(batch.batchNumber, at, { messageId, issue: `RNU-${batch.batchNumber}` }),
    );
    for (const fields of page.records) yield { lineNumber: ++lineNumber, fields };
    options.onProgress?.(lineNumber, batch.people);
    cursor = page.next;
  } while (cursor !== null);
}

async function patiently<T>(
  pulling: Pulling,
  what: string,
  ask: (messageId: string) => Promise<CallResult<T>>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const result = await ask(pulling.newMessageId());
    if (result.kind === 'answer') return result.value;
    const hopeless = result.kind === 'refusal' || (result.kind === 'not-processed' && result.failure === 'message');
    if (tries === TRIES || hopeless)
      throw new PullError(
        'RNU_INDISPONIBLE',
        `Le service du RNU n’a pas fourni ${what} (${result.code}).`,
        'Rien n’a été importé. Relancez la commande quand le service répond.',
      );
    await pause(pulling.firstPauseMs * 2 ** (tries - 1));
  }
}
