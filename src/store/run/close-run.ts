import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import { runSummary, type RunSummary } from './run-summary.ts';
import type { DifferenceCounts } from './remote-registrations.ts';

/** How a run ended. A run whose sums do not hold, or that charged somebody, is not closed. */
export type RunEnd = 'closed' | 'unbalanced' | 'defective';

/**
 * Freezes every person's outcome and closes the run, in one transaction: the sums are checked on the frozen rows, so
 * that what was checked is what is reported. Does nothing to a run that is no longer `reconciling`.
 */
export async function closeRun(db: Executor, runId: string, differences: DifferenceCounts): Promise<RunEnd | null> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ state: string }>`
      select state from run where id = ${runId}::bigint for update`.execute(trx);
    if (rows[0]?.state !== 'reconciling') return null;
    await trx.deleteFrom('run_person').where('run_id', '=', runId).execute();
    await sql`
      insert into run_person (run_id, enrolment_id, state, reasons)
      select run_id, id, state, reasons from enrolment where run_id = ${runId}::bigint`.execute(trx);
    await trx.updateTable('run').set({ state: 'closed' }).where('id', '=', runId).execute();
    const summary = await runSummary(trx, runId);
    const end = endOf(summary, differences);
    await sql`
      update run set state = ${end}, closed_at = case when ${end} = 'closed' then now() end,
                     totals = ${JSON.stringify({ ...summary, state: end, differences })}::jsonb
       where id = ${runId}::bigint`.execute(trx);
    await trx
      .insertInto('journal')
      .values({
        actor: 'machine',
        action: `run.${end}`,
        subject: `run ${runId}`,
        detail: JSON.stringify({ outcomes: summary?.outcomes, differences }),
      })
      .execute();
    return end;
  });
}

function endOf(summary: RunSummary | null, differences: DifferenceCounts): RunEnd {
  if (differences.amountNotZero > 0) return 'defective';
  return summary?.balanced === true ? 'closed' : 'unbalanced';
}
