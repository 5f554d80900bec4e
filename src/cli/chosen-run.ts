import type { Executor } from '../store/database.ts';
import { latestRun, runSummary, type RunSummary } from '../store/run/run-summary.ts';
import { UsageError } from './command.ts';

/** There is no run yet, or not the one asked for. */
export class NoSuchRun extends Error {
  readonly code = 'EXECUTION_INCONNUE';
  readonly remedy = 'Importez un lot (« pnbsf-cmu import »), puis lancez « pnbsf-cmu run ».';
}

/** The run named on the command line, or the latest. Throws {@link NoSuchRun}. */
export async function chosenRun(db: Executor, named: string | undefined): Promise<RunSummary> {
  if (named !== undefined && !/^\d{1,15}$/.test(named)) throw new UsageError(`« ${named} » n’est pas une exécution.`);
  const runId = named ?? (await latestRun(db));
  const summary = runId === null ? null : await runSummary(db, runId);
  if (!summary) throw new NoSuchRun(named === undefined ? 'Aucune exécution.' : `Exécution ${named} inconnue.`);
  return summary;
}
