import { InvalidCallError } from '../invalid-call.ts';

/**
 * Each part percent-encoded on its own, joined by `/`, without leading or trailing slash: a separator inside a part
 * must not become a separator of parts. Throws `InvalidCallError` on text that is not Unicode.
 */
export function encodeIdentifier(parts: readonly string[]): string {
  try {
    return parts.map(encodeURIComponent).join('/');
  } catch {
    throw new InvalidCallError('identifier with an unpaired surrogate');
  }
}

/** The parts of an encoded identifier; null when the percent-encoding is broken. */
export function decodeIdentifier(text: string): readonly string[] | null {
  try {
    return text.split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** Whether an encoded identifier names exactly these parts; two encodings of the same identifier are equal. */
export function namesParts(encoded: string, parts: readonly string[]): boolean {
  const decoded = decodeIdentifier(encoded);
  return decoded?.length === parts.length && decoded.every((part, index) => part === parts[index]);
}
