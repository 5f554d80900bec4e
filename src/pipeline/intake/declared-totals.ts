import { IntakeError } from './intake-error.ts';

/** Throws `TOTAUX_DIFFERENTS` when the sender announced another number of people than the lines that came. */
export function checkDeclared(declared: number | undefined, linesRead: number): void {
  if (declared !== undefined && declared !== linesRead)
    throw new IntakeError('TOTAUX_DIFFERENTS', { annonce: declared, lu: linesRead });
}
