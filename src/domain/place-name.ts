/** Comparison form of a place name: exports lose accents, hyphens, apostrophes and case in every combination. */
export function placeKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[’'`]/g, '')
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}
