import { IntakeError } from './intake-error.ts';

/** What a sender says a batch holds; what is not said is not checked. */
export interface DeclaredTotals {
  readonly people?: number;
  readonly households?: number;
}

/** What was counted of a batch. */
export interface CountedTotals {
  readonly linesRead: number;
  readonly unreadable: number;
  readonly households: number;
}

/** Throws `TOTAUX_DIFFERENTS` when the sender announced another number of people than the lines that came. */
export function checkDeclared(declared: number | undefined, linesRead: number): void {
  if (declared !== undefined && declared !== linesRead)
    throw new IntakeError('TOTAUX_DIFFERENTS', { annonce: declared, lu: linesRead });
}

/**
 * Throws `MENAGES_DIFFERENTS` when another number of households came than was announced. A line nobody can read may be a
 * household of its own: that many may be missing from the count.
 */
export function checkDeclaredHouseholds(declared: number | undefined, { households, unreadable }: CountedTotals): void {
  if (declared === undefined || (declared >= households && declared <= households + unreadable)) return;
  throw new IntakeError('MENAGES_DIFFERENTS', { annonce: declared, lu: households });
}

/** Throws `TOTAUX_CONTRADICTOIRES` where a batch is announced twice with different figures. */
export function joinDeclared(...announced: readonly (DeclaredTotals | undefined)[]): DeclaredTotals {
  const joined: { people?: number; households?: number } = {};
  for (const one of announced)
    for (const what of ['people', 'households'] as const) {
      const count = one?.[what];
      if (count === undefined) continue;
      if (joined[what] !== undefined && joined[what] !== count)
        throw new IntakeError('TOTAUX_CONTRADICTOIRES', { un: joined[what], autre: count });
      joined[what] = count;
    }
  return joined;
}
