import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** When a run began and ended, ISO 8601 in UTC, and the rules its decisions rest on. */
export interface RunPeriod {
  readonly period: { readonly from: string; readonly to: string };
  /** Every version the run decided by, with the fingerprint of the rule files where one was kept. */
  readonly rules: readonly { readonly version: string; readonly ruleSet: string | null }[];
}

/** Reads them of a closed run. */
export async function runPeriod(db: Executor, runId: string): Promise<RunPeriod> {
  const { rows } = await sql<{ from: string; to: string }>`
    select to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from,
           to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as to
      from run where id = ${runId}::bigint`.execute(db);
  const rules = await sql<RunPeriod['rules'][number]>`
    select distinct rule_version as version, rule_set as "ruleSet" from decision
     where run_id = ${runId}::bigint order by 1, 2`.execute(db);
  return {
    period: rows[0] ?? { from: '', to: '' },
    rules: rules.rows,
  };
}
