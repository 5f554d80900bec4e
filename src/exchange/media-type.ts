/** A `Content-Type` taken apart: lower-case essence (`text/xml`), parameters by lower-case name. */
export interface MediaType {
  readonly essence: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const ESSENCE = /^\s*([^\s;,]+)\s*/;
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g;

/**
 * Reads a `Content-Type` leniently, as Security Servers do: any case, any order, quoted or not, stray semicolons. Of
 * a parameter given twice the first counts, since a Security Server appends its own `charset` at the end.
 */
export function parseMediaType(text: string | null): MediaType | null {
  if (text === null) return null;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const read = readMediaType(text);
  // Texts come off the wire: an endless variety of them must not fill the memory.
  if (read !== null && text.length < 200 && remembered.size < 64) remembered.set(text, read);
  return read;
}

/** A partner writes the same few over and over. */
const remembered = new Map<string, MediaType>();

function readMediaType(text: string): MediaType | null {
  const essence = ESSENCE.exec(text)?.[1]?.toLowerCase();
  if (essence?.includes('/') !== true) return null;
  const parameters: Record<string, string> = {};
  for (const [, name = '', quoted, bare = ''] of text.matchAll(PARAMETER)) {
    parameters[name.toLowerCase()] ??= quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
  }
  return { essence, parameters };
}
