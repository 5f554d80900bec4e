/** A request ready to be written: nothing below this line knows X-Road. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Raw path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

/** A complete response. Header names are lower case; a header sent several times is a list, in order. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/**
 * The last value of a header; null when absent. The Security Server appends its own headers after those of the
 * service, so that of two `X-Road-Service` the last is the one that was not forged.
 */
export function lastHeader(headers: WireAnswer['headers'], name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : (value.at(-1) ?? null);
}

/** Lower-case names, one string each; the values of a repeated header are joined by a comma. */
export function flatHeaders(headers: WireAnswer['headers']): Readonly<Record<string, string>> {
  if (isFlat(headers)) return headers;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : value.join(', ')]),
  );
}

function isFlat(headers: WireAnswer['headers']): headers is Readonly<Record<string, string>> {
  return Object.values(headers).every((value) => typeof value === 'string');
}
