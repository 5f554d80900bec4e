/** Numbers up to 2^52 − 1: exact in a double, written without loss, and so many that strangers do not share one. */
const HIGH_BITS = 20;
const LOW = 2 ** 32;

/** The number of a key's text: the same in every process. Two lanes of FNV-1a with different offsets. */
export function keyNumber(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x2f6e2b1d;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high ^= high >>> 13;
  }
  return (high >>> (32 - HIGH_BITS)) * LOW + (low >>> 0);
}
