import type { RunStatement } from './intake-session.ts';

// Never counted is −1.
const KNOWN_PEOPLE = `select greatest(reltuples, 0)::float8 as people from pg_class where oid = 'person'::regclass`;

/** Columns by which imports and claims join. PostgreSQL's own round, which takes them all, still follows by itself. */
const ANALYSE = [
  'analyze household (id, ref_key)',
  'analyze household_work (household_id, run_id)',
  'analyze person (id, household_id, ref, batch_id)',
  'analyze enrolment (person_id, household_id, campaign, run_id, state)',
] as const;

/**
 * Tells the planner of a merge that made the tables much larger. Until PostgreSQL does it by itself, a minute later, it
 * takes them for nearly empty and joins a second batch row by row: 20 000 changed lines then take half a minute.
 */
export async function refreshStatistics(run: RunStatement, newPeople: number): Promise<void> {
  const { rows } = await run<{ people: number }>(KNOWN_PEOPLE);
  if (newPeople * 10 < (rows[0]?.people ?? 0)) return;
  for (const statement of ANALYSE) await run(statement);
}
