import type { Executor } from '../database.ts';

/** Looks up the civil day of runs, each once: it never changes and every household of the run asks. */
export function runDates(db: Executor): (runId: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (runId) => {
    const cached = known.get(runId);
    if (cached) return cached;
    const asked = db
      .selectFrom('run')
      .select('run_date')
      .where('id', '=', runId)
      .executeTakeFirstOrThrow()
      .then((row) => row.run_date);
    known.set(runId, asked);
    asked.catch(() => known.delete(runId)); // a lost connection must not be remembered
    return asked;
  };
}
