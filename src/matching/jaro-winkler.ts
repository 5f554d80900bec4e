/** Boost for a common beginning, per letter up to four, as in the Census Bureau's program. */
const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 4;
/** Below this similarity a common beginning proves nothing and is not counted (same program). */
const BOOST_FROM = 0.7;

/** Jaro–Winkler similarity, 0–1; symmetric; half-transpositions rounded down; 0 for an empty side. */
export function jaroWinkler(a: string, b: string): number {
  const jaro = jaroSimilarity(a, b);
  if (jaro <= BOOST_FROM) return jaro;
  let prefix = 0;
  while (prefix < LONGEST_PREFIX && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

function jaroSimilarity(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const usedInB: boolean[] = [];
  const matchesOfA: string[] = [];
  for (let i = 0; i < a.length; i++) {
    const last = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (usedInB[j] === true || a[i] !== b[j]) continue;
      usedInB[j] = true;
      matchesOfA.push(a[i] ?? '');
      break;
    }
  }
  const matches = matchesOfA.length;
  if (matches === 0) return 0;
  const outOfOrder = countOutOfOrder(matchesOfA, b, usedInB);
  return (matches / a.length + matches / b.length + (matches - Math.floor(outOfOrder / 2)) / matches) / 3;
}

function countOutOfOrder(matchesOfA: readonly string[], b: string, usedInB: readonly boolean[]): number {
  let position = 0;
  let outOfOrder = 0;
  for (let j = 0; j < b.length; j++) {
    if (usedInB[j] !== true) continue;
    if (matchesOfA[position] !== b[j]) outOfOrder++;
    position++;
  }
  return outOfOrder;
}
