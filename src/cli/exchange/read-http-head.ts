import { readFile } from 'node:fs/promises';
import { UnusableFile } from '../unusable-file.ts';

/** The head of a stored HTTP response; header names in lower case. */
export interface StoredHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

const FORM = 'Forme attendue : {"status": 200, "headers": {"content-type": "text/xml"}}.';

/**
 * Reads `{"status": …, "headers": {…}}`; without them status 200, and `text/xml` as the media type. Of a header given
 * several times the last value counts. Throws {@link UnusableFile}.
 */
export async function readHttpHead(path: string): Promise<StoredHead> {
  const { status = 200, headers = {} } = jsonObject(await readFile(path, 'utf8'), path);
  if (!Number.isInteger(status) || Number(status) < 100 || Number(status) > 599) {
    throw new UnusableFile(`« status » doit être un code HTTP (100 à 599) dans « ${path} ».`, FORM);
  }
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) {
    throw new UnusableFile(`« headers » doit être un objet dans « ${path} ».`, FORM);
  }
  const values = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), headerValue(name, value, path)]);
  return {
    status: Number(status),
    headers: { 'content-type': 'text/xml', ...(Object.fromEntries(values) as Record<string, string>) },
  };
}

function jsonObject(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UnusableFile(`« ${path} » n’est pas un objet JSON.`, FORM);
}

function headerValue(name: string, value: unknown, path: string): string {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof last === 'string') return last;
  if (typeof last === 'number') return String(last);
  throw new UnusableFile(`La valeur de l’en-tête « ${name} » doit être un texte dans « ${path} ».`, FORM);
}
