import { sql } from 'kysely';
import type { Executor } from '../database.ts';

export interface Release {
  readonly runId: string;
  /** Who decides, and why; both go into the journal. */
  readonly by: string;
  readonly because: string;
}

/**
 * Lets a run that stopped for a person go on: a charged registration has been looked into, sums have been mended, or a
 * night that the brake stopped is as it should be. A run whose sums still do not hold stops again. Letting the brake off
 * is no leave to charge anybody, and is kept apart. False when the run had not stopped.
 */
export async function releaseRun(db: Executor, { runId, by, because }: Release): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`
      with released as (
        select jsonb_build_object('by', ${by}::text, 'because', ${because}::text, 'at', now()) as release)
      update run set state = case state when 'unbalanced' then 'reconciling' else 'registering' end,
                     released = case state when 'braked' then run.released else release end,
                     measure = case state when 'braked' then measure || jsonb_build_object('released', release) else measure end,
                     deadline = case state when 'braked' then now() + patience_ms * interval '1 millisecond' else deadline end
        from released
       where id = ${runId}::bigint and state in ('defective', 'unbalanced', 'braked')`.execute(trx);
    if (numAffectedRows !== 1n) return false;
    await trx
      .insertInto('journal')
      .values({ actor: by, action: 'run.release', subject: `run ${runId}`, detail: JSON.stringify({ because }) })
      .execute();
    return true;
  });
}
