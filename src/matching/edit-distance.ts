/**
 * Whether two strings differ by at most one insertion, deletion, substitution or exchange of neighbours.
 * Linear in the shorter length, without allocation of a matrix.
 */
export function atMostOneEdit(a: string, b: string): boolean {
  const short = a.length <= b.length ? a : b;
  const long = a.length <= b.length ? b : a;
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short.charCodeAt(start) === long.charCodeAt(start)) start++;
  const rest = short.length - start;
  let end = 0;
  while (end < rest && short.charCodeAt(short.length - 1 - end) === long.charCodeAt(long.length - 1 - end)) end++;
  const shortRest = short.length - start - end;
  const longRest = long.length - start - end;
  if (longRest <= 1) return true;
  if (shortRest !== 2 || longRest !== 2) return false;
  return short[start] === long[start + 1] && short[start + 1] === long[start];
}
