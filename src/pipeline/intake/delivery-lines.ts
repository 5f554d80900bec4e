import type { StagedLine } from '../../store/intake/staged-person.ts';
import type { DeclaredTotals } from './declared-totals.ts';

/** A file of a batch as staged lines, and what was noticed on the way. Read once, front to back, in bounded memory. */
export interface DeliveryLines {
  /** People described, readable or not. */
  readonly linesRead: number;
  readonly encoding: string | null;
  readonly separator: string | null;
  /** Totals that the file itself announces. */
  readonly declared: DeclaredTotals;
  /** What whoever sent the file should know although it was read. French. */
  notes(): string[];
  /** Throws `IntakeError` when the file as a whole cannot be accepted. */
  staged(): AsyncGenerator<readonly StagedLine[]>;
}
