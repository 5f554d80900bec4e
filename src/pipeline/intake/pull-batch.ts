import { setTimeout as pause } from 'node:timers/promises';
import type { CallResult } from '../../domain/partner-call.ts';
import type { RnuBatch, RnuPage, SocialRegistry } from '../../domain/partners.ts';
import { importRecords, type IntakeRecord, type RecordImportOptions } from './import-records.ts';
import { dropPages } from '../../store/intake/rnu-pages.ts';
import { IntakeError } from './intake-error.ts';
import type { ImportResult } from './merge-batch.ts';
import { pulledPages } from './pulled-pages.ts';

/** A batch could not be fetched from the RNU service. Nothing was imported. */
export class PullError extends Error {
  readonly code: 'LOT_INCONNU_DU_RNU' | 'RNU_INDISPONIBLE';
  readonly remedy: string;
  /** The service answered, and will answer the same again. */
  readonly refused: boolean;
  constructor(code: PullError['code'], message: string, remedy: string, refused: boolean) {
    super(message);
    this.code = code;
    this.remedy = remedy;
    this.refused = refused;
  }
}

/** How the service is asked. */
export interface Pulling {
  readonly registry: SocialRegistry;
  readonly newMessageId: () => string;
  /** Pause after a first failed try; doubles with each further one, and is never shorter than the service asks. */
  readonly firstPauseMs: number;
  /** Lets time pass; the clock's unless told. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

export interface PullOptions extends RecordImportOptions, Pulling {
  readonly onProgress?: (people: number, total: number) => void;
}

/** A service that asks for longer is left to the next night. */
const LONGEST_PAUSE_MS = 15 * 60_000;

/** Tries of one page before the whole batch is left for later; pages are stable, so nothing is fetched twice over. */
const TRIES = 5;

/** The batches the RNU service has ready. Throws {@link PullError}. */
export async function listBatches(pulling: Pulling): Promise<readonly RnuBatch[]> {
  return patiently(pulling, 'la liste des lots', (messageId) =>
    pulling.registry.listBatches({ messageId, issue: 'RNU-LOTS' }),
  );
}

/**
 * Imports a batch from the RNU service, page after page, all or nothing. Cut off anywhere, it goes on after the last page it
 * was given: pages are kept until the batch is in or refused. The people and households the service announced
 * must be what its pages hold, and no page may come twice: otherwise the batch is refused. Throws {@link PullError} and `IntakeError`.
 */
export async function pullBatch(batchNumber: string, options: PullOptions): Promise<ImportResult> {
  const { db } = options.database;
  const batch = (await listBatches(options)).find((one) => one.batchNumber === batchNumber);
  if (!batch)
    throw new PullError(
      'LOT_INCONNU_DU_RNU',
      `Le RNU ne propose pas de lot ${batchNumber}.`,
      '« pnbsf-cmu import --rnu » sans numéro donne la liste des lots.',
      true,
    );
  const result = await importRecords(
    {
      name: `RNU ${batchNumber}`,
      number: batchNumber,
      declaredPeople: batch.people,
      declaredHouseholds: batch.households,
      records: records(batch, options),
    },
    options,
  ).catch(async (error: unknown) => {
    // Refused whole: the service must give it anew. Any other end leaves the pages for the next try.
    if (error instanceof IntakeError && error.code !== 'IMPORT_INTERROMPU') await dropPages(db, batchNumber);
    throw error;
  });
  if (options.dryRun !== true) await dropPages(db, batchNumber);
  return result;
}

async function* records(batch: RnuBatch, options: PullOptions): AsyncGenerator<IntakeRecord> {
  let lineNumber = 0;
  const fetchPage = (cursor: string | null): Promise<RnuPage> =>
    patiently(options, `le lot ${batch.batchNumber}`, (messageId) =>
      options.registry.fetchPage(batch.batchNumber, cursor, { messageId, issue: `RNU-${batch.batchNumber}` }),
    );
  // A cursor the service no longer knows is no reason to stop: the batch is asked for from its beginning.
  const askAgain = (cursor: string | null): Promise<RnuPage | null> =>
    fetchPage(cursor).catch((error: unknown) => {
      if (error instanceof PullError && error.refused) return null;
      throw error;
    });
  for await (const page of pulledPages(options.database.db, batch, { fetchPage, askAgain })) {
    for (const fields of page.records) yield { lineNumber: ++lineNumber, fields };
    options.onProgress?.(lineNumber, batch.people);
  }
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
        'Rien n’a été importé. Relancez la commande quand le service répond : elle reprend après la dernière page reçue.',
        hopeless,
      );
    const asked = result.kind === 'not-processed' ? (result.retryAfterMs ?? 0) : 0;
    await (pulling.pause ?? pause)(
      Math.max(pulling.firstPauseMs * 2 ** (tries - 1), Math.min(asked, LONGEST_PAUSE_MS)),
    );
  }
}
