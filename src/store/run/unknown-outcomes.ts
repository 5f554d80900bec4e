import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Registrations whose outcome nobody knows at this moment, whatever run sent them. */
export interface UnknownOutcomes {
  readonly people: number;
  /** Age of the oldest, milliseconds by the database's clock; null when there is none. */
  readonly oldestMs: number | null;
}

/** Counts the unknown outcomes of a campaign. */
export async function unknownOutcomes(db: Executor, campaign: string): Promise<UnknownOutcomes> {
  const { rows } = await sql<UnknownOutcomes>`
    select count(*)::int as people,
           floor(extract(epoch from now() - min(coalesce(unknown_since, sent_at))) * 1000)::float8 as "oldestMs"
      from enrolment where campaign = ${campaign} and state = 'outcome-unknown'`.execute(db);
  return rows[0] ?? { people: 0, oldestMs: null };
}
