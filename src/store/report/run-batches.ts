import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** A batch that a run took in first. */
export interface RunBatch {
  readonly number: string;
  readonly sourceName: string;
  /** Of the file as it was received, in hexadecimal. */
  readonly sha256: string;
}

/** The batches of a run, in the order of their import. */
export async function runBatches(db: Executor, runId: string): Promise<readonly RunBatch[]> {
  const { rows } = await sql<RunBatch>`
    select b.number, b.source_name as "sourceName", encode(b.sha256, 'hex') as sha256
      from run_batch rb join batch b on b.id = rb.batch_id
     where rb.run_id = ${runId}::bigint order by b.id`.execute(db);
  return rows;
}
