/** Boost for a common beginning, per letter up to four, as in the Census Bureau's program. */
const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 4;
/** Below this similarity a common beginning proves nothing and is not counted (same program). */
const BOOST_FROM = 0.7;
/** Used letters are marked in one 32-bit mask; of longer texts the beginning is compared. */
const LONGEST = 32;

/**
 * Jaro–Winkler similarity, 0–1, of the first 32 characters of two texts; symmetric; half-transpositions rounded down; 0
 * for an empty side. Allocates nothing.
 */
export function jaroWinkler(a: string, b: string): number {
  const jaro = jaroSimilarity(a, b);
  if (jaro <= BOOST_FROM) return jaro;
  let prefix = 0;
  while (prefix < LONGEST_PREFIX && prefix < a.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

function jaroSimilarity(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  const lengthA = Math.min(a.length, LONGEST);
  const lengthB = Math.min(b.length, LONGEST);
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1);
  let usedA = 0;
  let usedB = 0;
  let matches = 0;
  for (let i = 0; i < lengthA; i++) {
    const letter = a.charCodeAt(i);
    const last = Math.min(lengthB - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if ((usedB & (1 << j)) !== 0 || b.charCodeAt(j) !== letter) continue;
      usedA |= 1 << i;
      usedB |= 1 << j;
      matches++;
      break;
    }
  }
  if (matches === 0) return 0;
  const transposed = countOutOfOrder(a, b, usedA, usedB, matches) >> 1;
  return (matches / lengthA + matches / lengthB + (matches - transposed) / matches) / 3;
}

function countOutOfOrder(a: string, b: string, usedA: number, usedB: number, matches: number): number {
  let outOfOrder = 0;
  let j = 0;
  for (let i = 0, seen = 0; seen < matches; i++) {
    if ((usedA & (1 << i)) === 0) continue;
    while ((usedB & (1 << j)) === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfOrder++;
    j++;
    seen++;
  }
  return outOfOrder;
}
