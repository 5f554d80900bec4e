/** Longest reference seen is 30 characters; anything beyond this is text that slipped into the column. */
const MAX_REFERENCE_LENGTH = 80;

/**
 * The comparison key of a household reference: trimmed, spaces collapsed, none around a dash, upper case. A lost zero is
 * not put back and a suffix not cut: both would sometimes join two households.
 */
export function householdKey(reference: string): string {
  return reference.trim().replace(/\s+/g, ' ').replace(/ ?- ?/g, '-').toUpperCase();
}

/** A reference that can name a household at all: it has a digit, is no spreadsheet error and is not a paragraph. */
export function isReadableReference(reference: string): boolean {
  return /\d/.test(reference) && reference.length <= MAX_REFERENCE_LENGTH && !reference.startsWith('#');
}
