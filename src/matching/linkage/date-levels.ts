/** A partial date in one number, `AAAAMMJJ` with zeros for what is unknown; 0 when the year is. */
export type PackedDate = number;

/**
 * Codes of the date levels, in the order of `LEVELS_OF_KIND.date`. Three groups by the coarser precision of the two dates:
 * that one date is a bare year says nothing, what the years say does.
 */
export const DATE_LEVEL = {
  equal: 0,
  slip: 1,
  sameMonth: 2,
  twoSlips: 3,
  sameYear: 4,
  further: 5,
  far: 6,
  month: 7,
  nearMonth: 8,
  furtherMonth: 9,
  year: 10,
  nearYear: 11,
  furtherYear: 12,
  missing: 13,
} as const;

/** First level of each precision: full dates, months, years. */
export const DATE_LEVEL_GROUPS: readonly number[] = [DATE_LEVEL.equal, DATE_LEVEL.month, DATE_LEVEL.year];

const NEAR_YEARS = 2;
/** Two full dates further apart are a hard contradiction: such an error was met in 1 of 2 000 true pairs. */
const FAR_YEARS = 10;

/** Level of two packed dates at the coarser of their precisions. Symmetric. */
export function packedDateLevel(a: PackedDate, b: PackedDate): number {
  if (a === 0 || b === 0) return DATE_LEVEL.missing;
  const apart = Math.abs(((a / 10_000) | 0) - ((b / 10_000) | 0));
  if (a % 100 !== 0 && b % 100 !== 0) return fullDateLevel(a, b, apart);
  const monthA = ((a / 100) | 0) % 100;
  const monthB = ((b / 100) | 0) % 100;
  if (monthA === 0 || monthB === 0)
    return apart === 0 ? DATE_LEVEL.year : apart <= NEAR_YEARS ? DATE_LEVEL.nearYear : DATE_LEVEL.furtherYear;
  if (apart === 0) return monthA === monthB ? DATE_LEVEL.month : DATE_LEVEL.nearMonth;
  return apart <= NEAR_YEARS && monthA === monthB ? DATE_LEVEL.nearMonth : DATE_LEVEL.furtherMonth;
}

function fullDateLevel(a: PackedDate, b: PackedDate, apart: number): number {
  if (a === b) return DATE_LEVEL.equal;
  if (apart <= NEAR_YEARS && a % 10_000 === b % 10_000) return DATE_LEVEL.slip;
  const slips = countSlips(a, b, apart);
  if (slips === 1) return DATE_LEVEL.slip;
  if (((a / 100) | 0) === ((b / 100) | 0)) return DATE_LEVEL.sameMonth;
  if (slips === 2) return DATE_LEVEL.twoSlips;
  if (apart === 0) return DATE_LEVEL.sameYear;
  return apart > FAR_YEARS ? DATE_LEVEL.far : DATE_LEVEL.further;
}

function countSlips(a: PackedDate, b: PackedDate, apart: number): number {
  if (apart === 0 && a % 100 === ((b / 100) | 0) % 100 && ((a / 100) | 0) % 100 === b % 100) return 1;
  let differing = 0;
  for (let restA = a, restB = b; restA > 0 || restB > 0;) {
    if (restA % 10 !== restB % 10) differing++;
    restA = (restA / 10) | 0;
    restB = (restB / 10) | 0;
  }
  return differing;
}
