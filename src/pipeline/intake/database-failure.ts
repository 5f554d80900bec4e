import { errorProperty } from './error-property.ts';
import { IntakeError } from './intake-error.ts';

/** Deadlock, serialisation failure: another transaction was first, the same work may be tried again. */
const CONFLICTS: readonly string[] = ['40P01', '40001'];

/**
 * Runs work on the database. Its errors quote rows in their details, that is people; only the SQLSTATE goes further, as
 * `IMPORT_INTERROMPU`, or `LOT_DESEQUILIBRE` when the batch's own sums were refused.
 */
export async function duringImport<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IntakeError) throw error;
    if (errorProperty(error, 'constraint') === 'batch_balances')
      throw new IntakeError('LOT_DESEQUILIBRE', { detail: 'lignes lues ≠ acceptées + répétées + illisibles' });
    throw new IntakeError('IMPORT_INTERROMPU', { detail: errorProperty(error, 'code') ?? 'connexion perdue' });
  }
}

/** Whether the same transaction may succeed when it is made again. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.includes(errorProperty(error, 'code') ?? '');
}
