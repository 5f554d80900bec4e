import type { MatchKeys } from '../../matching/match-keys/match-keys.ts';
import type { Database } from '../../store/database.ts';
import { IntakeSession } from '../../store/intake/intake-session.ts';
import type { StagedLine } from '../../store/intake/staged-person.ts';
import { StagingWriter } from '../../store/intake/staging-table.ts';
import { duringImport, isConflict } from './database-failure.ts';
import { fillMatchKeys } from './fill-match-keys.ts';
import { IntakeError } from './intake-error.ts';
import { mergeBatch, type Delivery, type ImportResult } from './merge-batch.ts';

/** What both ways of importing need. */
export interface ImportOptions {
  readonly database: Database;
  /** The campaign in which the people of the batch are to be enrolled. */
  readonly campaign: string;
  /** Who asked, for the journal: `machine` or a name. */
  readonly actor: string;
  /** Count and check everything, import nothing. Default false. */
  readonly dryRun?: boolean;
  /** With them, people are filed under their keys as soon as they are merged; otherwise when a worker starts. */
  readonly matchKeys?: MatchKeys;
  /** Told when every line is staged and the merge begins. */
  readonly onStaged?: () => void;
}

/** About 2 000 lines: large enough that the statement costs nothing, small enough that two of them weigh nothing. */
const COPY_CHARACTERS = 1024 * 1024;

/** A merge that lost a deadlock with the workers is simply made again: the staging table is still there. */
const MERGE_TRIES = 3;

/**
 * Stages lines as they come, then merges them all or none. `describe` is asked once every line is staged. Errors of the
 * lines' own source pass unchanged; those of the database become `IMPORT_INTERROMPU`. Nothing is imported in any case.
 */
export async function loadBatch(
  lines: AsyncIterable<readonly StagedLine[]>,
  describe: () => Delivery,
  options: ImportOptions,
): Promise<ImportResult> {
  const session = await duringImport(() => IntakeSession.open(options.database));
  try {
    await stage(session, lines);
    const delivery = describe();
    if (delivery.linesRead === 0) throw new IntakeError('FICHIER_SANS_LIGNE');
    options.onStaged?.();
    const result = await duringImport(() => merge(session, delivery, options));
    await fileKeys(options);
    return result;
  } finally {
    session.close();
  }
}

/** The batch is in, whatever happens here: people without keys stay due, and whoever verifies them files them first. */
async function fileKeys({ database, matchKeys, dryRun = false }: ImportOptions): Promise<void> {
  if (matchKeys === undefined || dryRun) return;
  await fillMatchKeys(database.db, matchKeys).catch(() => undefined);
}

async function stage(session: IntakeSession, lines: AsyncIterable<readonly StagedLine[]>): Promise<void> {
  const writer = new StagingWriter();
  // One COPY under way while the next is prepared: client and server work at the same time.
  let copying: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await duringImport(() => copying);
    copying = session.copy(writer.take());
    // Awaited at the next flush; until then a rejection must not count as unhandled.
    copying.catch(() => undefined);
  };
  for await (const some of lines) {
    for (const line of some) writer.add(line);
    if (writer.size >= COPY_CHARACTERS) await flush();
  }
  await flush();
  await flush();
}

async function merge(session: IntakeSession, delivery: Delivery, options: ImportOptions): Promise<ImportResult> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await session.merge((run) => mergeBatch(run, delivery, options));
    } catch (error) {
      if (tries === MERGE_TRIES || !isConflict(error)) throw error;
    }
  }
}
