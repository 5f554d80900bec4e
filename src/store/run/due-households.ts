import { sql } from 'kysely';
import type { Executor } from '../database.ts';
import { dueColumn, type Step } from '../household/claim-household.ts';

export interface DueHouseholds {
  readonly runId: string;
  readonly step: Step;
  /** Only those after this household: the sweeper walks through the run in pages. */
  readonly after: string;
  readonly limit: number;
}

/** A household to be offered. Its fence tells an offer made before a claim from one made after it. */
export interface DueHousehold {
  readonly id: string;
  readonly fence: string;
}

/** Households of a run that could be claimed now, in order; what a lost queue is filled from again. */
export async function dueHouseholds(db: Executor, wanted: DueHouseholds): Promise<readonly DueHousehold[]> {
  const { rows } = await sql<DueHousehold>`
    select household_id as id, fence from household_work
     where run_id = ${wanted.runId}::bigint and household_id > ${wanted.after}::bigint and finished_at is null
       and (lease_until is null or lease_until < now()) and ${dueColumn(wanted.step)} <= now()
     order by household_id limit ${wanted.limit}`.execute(db);
  return rows;
}
