import { sql } from 'kysely';
import type { BrakeFinding } from '../../domain/brake.ts';
import type { Executor } from '../database.ts';

/** A run that waits for a person to release it. */
export interface StoppedRun {
  readonly runId: string;
  readonly runDate: string;
  readonly state: 'braked' | 'unbalanced' | 'defective';
  readonly people: number;
  /** How often it was released before: a run that stops again is another stop. */
  readonly stops: number;
  /** What the brake found; empty for other stops. */
  readonly findings: readonly BrakeFinding[];
}

/** The runs that stopped for a person; one at most, since no other starts meanwhile. */
export async function stoppedRuns(db: Executor): Promise<readonly StoppedRun[]> {
  const { rows } = await sql<StoppedRun>`
    select r.id as "runId", r.run_date as "runDate", r.state, r.people,
           (select count(*)::int from journal j where j.subject = 'run ' || r.id and j.action = 'run.release') as stops,
           case when r.state = 'braked' then coalesce(r.measure->'findings', '[]') else '[]' end as findings
      from run r where r.state in ('braked', 'unbalanced', 'defective')`.execute(db);
  return rows;
}
