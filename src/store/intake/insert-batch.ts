import type { RunStatement } from './intake-session.ts';

/** A batch as it is recorded. `linesRead` is the reader's own count, the other three come from the staging table. */
export interface NewBatch {
  readonly number: string;
  readonly sha256: Buffer;
  readonly sourceName: string;
  readonly source: 'file' | 'rnu-service';
  readonly sizeBytes: number;
  readonly encoding: string | null;
  readonly separator: string | null;
  readonly linesRead: number;
  readonly accepted: number;
  readonly repeats: number;
  readonly unreadable: number;
  readonly households: number;
  readonly people: number;
  /** The sender declared that the batch names everybody the RNU knows. */
  readonly fullList: boolean;
}

/** Inserts the batch; its balance is a constraint of the table, so that lines lost on the way roll everything back. */
export async function insertBatch(run: RunStatement, batch: NewBatch): Promise<string> {
  const { rows } = await run<{ id: string }>(
    `insert into batch (number, sha256, source_name, source, size_bytes, encoding, separator, lines_read, accepted,
      repeats, unreadable, households, people, full_list)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
    [
      batch.number,
      batch.sha256,
      batch.sourceName,
      batch.source,
      batch.sizeBytes,
      batch.encoding,
      batch.separator,
      batch.linesRead,
      batch.accepted,
      batch.repeats,
      batch.unreadable,
      batch.households,
      batch.people,
      batch.fullList,
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('insert returned no batch');
  return row.id;
}

/** Records what a reader of the batch should know, and seals the import in the journal. */
export async function closeBatch(
  run: RunStatement,
  batchId: string,
  entry: {
    readonly notes: readonly string[];
    readonly actor: string;
    readonly counts: Readonly<Record<string, number>>;
  },
): Promise<void> {
  await run('update batch set notes = $2 where id = $1', [batchId, JSON.stringify(entry.notes)]);
  await run(`insert into journal (actor, action, subject, detail) values ($1, 'import', $2, $3)`, [
    entry.actor,
    `batch ${batchId}`,
    JSON.stringify(entry.counts),
  ]);
}
