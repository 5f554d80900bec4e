/** A partial date in one number, `AAAAMMJJ` with zeros for what is unknown; 0 when the year is. */
export type PackedDate = number;

/** Codes of the date levels, in the order of `LEVELS_OF_KIND.date`. */
export const DATE_LEVEL = {
  equal: 0,
  slip: 1,
  month: 2,
  year: 3,
  twoSlips: 4,
  sameYear: 5,
  nearYear: 6,
  further: 7,
  far: 8,
  missing: 9,
} as const;

const NEAR_YEARS = 2;
/** Two full dates further apart are a hard contradiction: such an error was met in 1 of 2 000 true pairs. */
const FAR_YEARS = 10;

/** Level of two packed dates at the coarser of their precisions. Symmetric. */
export function packedDateLevel(a: PackedDate, b: PackedDate): number {
  if (a === 0 || b === 0) return DATE_LEVEL.missing;
  const bothFull = a % 100 !== 0 && b % 100 !== 0;
  if (a === b && bothFull) return DATE_LEVEL.equal;
  const [yearA, yearB] = [Math.floor(a / 10_000), Math.floor(b / 10_000)];
  if (yearA === yearB) {
    const [monthA, monthB] = [Math.floor(a / 100) % 100, Math.floor(b / 100) % 100];
    if (monthA === 0 || monthB === 0) return DATE_LEVEL.year;
    if (monthA === monthB && !bothFull) return DATE_LEVEL.month;
  }
  if (bothFull) {
    const slips = countSlips(a, b);
    if (slips <= 2) return slips === 1 ? DATE_LEVEL.slip : DATE_LEVEL.twoSlips;
  }
  const apart = Math.abs(yearA - yearB);
  if (apart === 0) return DATE_LEVEL.sameYear;
  if (apart <= NEAR_YEARS) return DATE_LEVEL.nearYear;
  return bothFull && apart > FAR_YEARS ? DATE_LEVEL.far : DATE_LEVEL.further;
}

function countSlips(a: PackedDate, b: PackedDate): number {
  if (isDayMonthSwap(a, b)) return 1;
  let differing = 0;
  for (let restA = a, restB = b; restA > 0 || restB > 0;) {
    if (restA % 10 !== restB % 10) differing++;
    restA = Math.floor(restA / 10);
    restB = Math.floor(restB / 10);
  }
  return differing;
}

function isDayMonthSwap(a: PackedDate, b: PackedDate): boolean {
  if (Math.floor(a / 10_000) !== Math.floor(b / 10_000)) return false;
  return a % 100 === Math.floor(b / 100) % 100 && Math.floor(a / 100) % 100 === b % 100;
}
