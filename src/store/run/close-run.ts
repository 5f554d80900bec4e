import { sql } from 'kysely';
import type { DifferenceCounts } from '../../domain/differences.ts';
import type { Executor } from '../database.ts';
import { freezePeople } from '../report/freeze-people.ts';
import { runSummary, type RunSummary } from './run-summary.ts';

/** How a run ended. A run whose sums do not hold, or that charged somebody, is not closed. */
export type RunEnd = 'closed' | 'unbalanced' | 'defective';

/**
 * Freezes every person's outcome and closes the run, in one transaction: the sums are checked on the frozen rows, so
 * that what was checked is what is reported. Does nothing to a run that is no longer `reconciling`.
 */
export async function closeRun(db: Executor, runId: string, differences: DifferenceCounts): Promise<RunEnd | null> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    const { rows } = await sql<{ state: string; released: boolean; held: boolean }>`
      select state, released is not null as released, exists (
               select 1 from household_work w where w.run_id = run.id and w.finished_at is null and w.lease_until > now()) as held
        from run where id = ${runId}::bigint for update`.execute(trx);
    const run = rows[0];
    // Somebody still holds a household: what they are about to commit belongs into this report.
    if (run?.state !== 'reconciling' || run.held) return null;
    await freezePeople(trx, runId);
    await trx.updateTable('run').set({ state: 'closed' }).where('id', '=', runId).execute();
    const summary = await runSummary(trx, runId);
    const end = endOf(summary, differences, run.released);
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

/** A charge that a named person has seen and let pass is reported, and no longer stops the run. */
function endOf(summary: RunSummary | null, differences: DifferenceCounts, released: boolean): RunEnd {
  if (differences['amount-not-zero'] > 0 && !released) return 'defective';
  return summary?.balanced === true ? 'closed' : 'unbalanced';
}
