import { frenchDate, frenchInteger } from '../../domain/french/numbers.ts';
import type { RunSummary } from '../../store/run/run-summary.ts';

/** What a mail calls a run. */
export interface RunWords {
  /** `exécution`, for a subject; the date follows. */
  readonly what: string;
  readonly title: string;
  /** What must be known before the figures are read, with a space behind it; empty for an ordinary night. */
  readonly caution: string;
}

/** The words for a night, a rehearsal, a capped night, or a run of what staff decided. */
export function runWords({ kind, shadow, maxWrites, writes, runDate }: RunSummary): RunWords {
  const day = frenchDate(runDate);
  const capped =
    maxWrites === null
      ? ''
      : `Exécution plafonnée : ${frenchInteger(writes ?? 0)} demandes envoyées sur ${frenchInteger(maxWrites)} permises. `;
  if (shadow)
    return {
      what: 'exécution à blanc',
      title: `exécution à blanc du ${day}`,
      caution: 'Exécution à blanc : personne n’a été enrôlé. ',
    };
  if (kind === 'staff')
    return { what: 'décisions des agents', title: `décisions des agents du ${day}`, caution: capped };
  return { what: 'exécution', title: `rapprochement du ${day}`, caution: capped };
}
