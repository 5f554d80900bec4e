import { inCatalogueOrder } from '../../domain/reasons.ts';
import type { VerificationOutcome } from './decide-outcome.ts';
import type { SuspectedLine } from './find-duplicates.ts';

/**
 * What other lines of perhaps the same human make of an outcome: nobody is confirmed before a person has looked. Who is
 * covered already stays so, since nothing is to be registered. Pure.
 */
export function doubtDuplicates(outcome: VerificationOutcome, lines: readonly SuspectedLine[]): VerificationOutcome {
  if (lines.length === 0 || outcome.to === 'already-enrolled') return outcome;
  return {
    ...outcome,
    to: 'needs-review',
    reasons: inCatalogueOrder([...outcome.reasons.filter((code) => code !== 'PHOTO_MANQUANTE'), 'DOUBLON_RNU']),
    identity: null,
    renews: null,
  };
}
