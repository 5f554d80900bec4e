import { sql } from 'kysely';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';

/** Figures of a closed run that are counted over all its people at once. */
export interface RunCounts {
  readonly confirmedByCard: number;
  readonly confirmedByBirthRecord: number;
  /** Francs CFA the State owes for the registrations of this run. */
  readonly subsidy: number;
  /** Francs CFA asked of beneficiaries; anything but 0 is a defect. */
  readonly charged: number;
}

/** Reads them. */
export async function runCounts(db: Executor, runId: string): Promise<RunCounts> {
  const { rows } = await sql<RunCounts>`
    select (count(*) filter (where confirmed_by = 'id-card'))::int as "confirmedByCard",
           (count(*) filter (where confirmed_by = 'birth-record'))::int as "confirmedByBirthRecord",
           coalesce(sum(subsidy) filter (where state in ('enrolled', 'renewed')), 0)::float8 as subsidy,
           coalesce(sum(amount_paid), 0)::float8 as charged
      from run_person where run_id = ${runId}::bigint`.execute(db);
  return rows[0] ?? { confirmedByCard: 0, confirmedByBirthRecord: 0, subsidy: 0, charged: 0 };
}

/** How many people of a run carry each reason. A person may carry several. */
export async function countReasons(db: Executor, runId: string): Promise<ReadonlyMap<ReasonCode, number>> {
  const { rows } = await sql<{ reason: ReasonCode; count: number }>`
    select reason, count(*)::int as count
      from run_person, unnest(reasons) as reason
     where run_id = ${runId}::bigint group by reason`.execute(db);
  return new Map(rows.map((row) => [row.reason, row.count]));
}
