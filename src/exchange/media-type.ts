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
  const essence = text === null ? null : ESSENCE.exec(text)?.[1]?.toLowerCase();
  if (text === null || essence === undefined || essence === null || !essence.includes('/')) return null;
  const parameters: Record<string, string> = {};
  for (const [, name = '', quoted, bare = ''] of text.matchAll(PARAMETER)) {
    parameters[name.toLowerCase()] ??= quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
  }
  return { essence, parameters };
}
