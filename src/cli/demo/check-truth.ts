import type { LedgerEntry } from '../../../fixtures/sandbox/start-sandbox.ts';
import type { TruthEntry } from '../../../fixtures/population/truth.ts';

/** The sandbox's own account of a night, held against the truth of the population. */
export interface LedgerCheck {
  /** Writes SIGICMU carried out. */
  readonly writes: number;
  readonly distinctPeople: number;
  /** People registered who must not be, and whom a registry could have told from it. */
  readonly wronglyEnrolled: number;
}

/** Checks who was really registered; independent of anything the pipeline believes. */
export function checkTruth(ledger: readonly LedgerEntry[], truth: readonly TruthEntry[]): LedgerCheck {
  const registered = new Set(ledger.map((entry) => entry.person));
  const forbidden = truth.filter((entry) => entry.mustNotEnrol !== null && entry.registriesKnow);
  return {
    writes: ledger.length,
    distinctPeople: registered.size,
    wronglyEnrolled: forbidden.filter((entry) => registered.has(entry.ref)).length,
  };
}
