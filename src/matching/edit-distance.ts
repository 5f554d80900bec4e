/**
 * Whether two strings differ by at most one insertion, deletion, substitution or exchange of neighbours.
 * Linear in the shorter length, without allocation of a matrix.
 */
export function atMostOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short[short.length - 1 - end] === long[long.length - 1 - end]) end++;
  const shortRest = short.length - start - end;
  const longRest = long.length - start - end;
  if (longRest <= 1) return true;
  if (shortRest !== 2 || longRest !== 2) return false;
  return short[start] === long[start + 1] && short[start + 1] === long[start];
}
