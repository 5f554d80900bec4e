import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** How one operation of a partner answered during a run. */
export interface ServiceCalls {
  readonly operation: string;
  readonly calls: number;
  /** Calls that got an answer or a refusal in the service's own words. */
  readonly answered: number;
  readonly meanMs: number;
  readonly longestMs: number;
}

/** Calls of a run by operation; those still without a result are not counted. */
export async function serviceCalls(db: Executor, runId: string): Promise<readonly ServiceCalls[]> {
  const { rows } = await sql<ServiceCalls>`
    select a.operation, count(*)::int as calls,
           (count(*) filter (where r.outcome in ('answer', 'refusal')))::int as answered,
           coalesce(avg(extract(epoch from r.ended_at - r.started_at)) * 1000, 0)::float8 as "meanMs",
           coalesce(max(extract(epoch from r.ended_at - r.started_at)) * 1000, 0)::float8 as "longestMs"
      from attempt a join attempt_result r using (message_id)
     where a.run_id = ${runId}::bigint group by a.operation order by a.operation`.execute(db);
  return rows;
}
