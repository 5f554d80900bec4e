import { sql } from 'kysely';
import type { Executor } from '../database.ts';

export interface Release {
  readonly runId: string;
  /** Who decides, and why; both go into the journal. */
  readonly by: string;
  readonly because: string;
}

/**
 * Lets a run that stopped for a person go on: a charged registration has been looked into, or sums have been mended. A
 * run whose sums still do not hold stops again. False when the run had not stopped.
 */
export async function releaseRun(db: Executor, { runId, by, because }: Release): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`
      update run set state = case state when 'defective' then 'registering' else 'reconciling' end,
                     released = jsonb_build_object('by', ${by}::text, 'because', ${because}::text, 'at', now())
       where id = ${runId}::bigint and state in ('defective', 'unbalanced')`.execute(trx);
    if (numAffectedRows !== 1n) return false;
    await trx
      .insertInto('journal')
      .values({ actor: by, action: 'run.release', subject: `run ${runId}`, detail: JSON.stringify({ because }) })
      .execute();
    return true;
  });
}
