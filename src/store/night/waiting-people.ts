import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Who the next night would take, or who is left of the one that is open. */
export interface WaitingPeople {
  readonly people: number;
  readonly households: number;
}

/** Counts everybody with work left, whatever it is due. */
export async function waitingPeople(db: Executor, campaign: string): Promise<WaitingPeople> {
  const { rows } = await sql<WaitingPeople>`
    select count(*)::int as people, count(distinct e.household_id)::int as households
      from household_work w join enrolment e on e.household_id = w.household_id
     where w.finished_at is null and e.campaign = ${campaign} and e.step <> 'none'`.execute(db);
  return rows[0] ?? { people: 0, households: 0 };
}
