/**
 * What the letters of two texts say of their likeness before it is worked out: most pairs of names are so far apart that
 * their letters alone rule out one slip or a high Jaro–Winkler similarity. Never rules out what the full comparison finds.
 */

/** Texts up to this length are bounded: Jaro–Winkler looks no further. */
const LONGEST = 32;
/** A common beginning of four letters closes this part of the distance to 1. */
const MOST_BOOST = 0.4;
/** Keeps rounding on the safe side. */
const ROUNDING = 1e-9;

/** One bit for each letter that occurs; other characters share the bits of letters. */
export function letterMask(text: string): number {
  let mask = 0;
  for (let at = 0; at < text.length; at++) mask |= 1 << (text.charCodeAt(at) & 31);
  return mask;
}

/** Bits that are set. */
function bitCount(mask: number): number {
  let bits = mask - ((mask >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** False when two texts of these letters and lengths are surely more than one slip apart. */
export function mayBeOneEdit(maskA: number, maskB: number, lengthA: number, lengthB: number): boolean {
  const longer = lengthA - lengthB;
  // One letter exchanged takes one away and brings another.
  return longer <= 1 && longer >= -1 && bitCount(maskA ^ maskB) <= 2;
}

/** False when the Jaro–Winkler similarity of two texts of these letters is surely below `least`. */
export function mayBeAlike(maskA: number, maskB: number, a: string, b: string, least: number): boolean {
  const [lengthA, lengthB] = [a.length, b.length];
  if (lengthA > LONGEST || lengthB > LONGEST || lengthA === 0 || lengthB === 0) return true;
  // A letter that the other text lacks finds no partner.
  const partnersA = lengthA - bitCount(maskA & ~maskB);
  const partnersB = lengthB - bitCount(maskB & ~maskA);
  const partners = partnersA < partnersB ? partnersA : partnersB;
  const jaro = (partners / lengthA + partners / lengthB + 1) / 3;
  const boost = a.charCodeAt(0) === b.charCodeAt(0) ? MOST_BOOST * (1 - jaro) : 0;
  return partners > 0 && jaro + boost >= least - ROUNDING;
}
