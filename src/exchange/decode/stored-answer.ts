/** An answer as somebody kept it: with its HTTP head, or the body alone. */
export interface StoredAnswer {
  /** Null when the head was not kept. */
  readonly status: number | null;
  /** Lower-case names; empty when the head was not kept. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const STATUS_LINE = /^HTTP\/[\d.]+ (\d{3})[^\n]*\n/;
const HEADER_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*\r?$/;

/**
 * Takes a stored file apart: a whole HTTP response, a body preceded by some of its headers, or a body. A body alone
 * gets the media type its beginning shows, since nothing else tells.
 */
export function readStoredAnswer(bytes: Uint8Array): StoredAnswer {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const statusLine = STATUS_LINE.exec(file.toString('latin1', 0, 200));
  const head = readHead(file, statusLine?.[0].length ?? 0);
  if (head === null) return { status: null, headers: guessedHeaders(file), body: file };
  return {
    status: statusLine === null ? null : Number(statusLine[1]),
    headers: head.headers,
    body: file.subarray(head.end),
  };
}

/** Header lines up to an empty line; null when the file does not go on like that. */
function readHead(file: Buffer, from: number): { headers: Record<string, string>; end: number } | null {
  const headers: Record<string, string> = {};
  let at = from;
  for (;;) {
    const lineEnd = file.indexOf('\n', at);
    if (lineEnd === -1) return null;
    const line = file.toString('latin1', at, lineEnd);
    at = lineEnd + 1;
    if (line.trim() === '') return Object.keys(headers).length === 0 ? null : { headers, end: at };
    const [, name, value = ''] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined) return null;
    headers[name.toLowerCase()] = value;
  }
}

function guessedHeaders(body: Buffer): Readonly<Record<string, string>> {
  const start = body.toString('latin1', 0, 400);
  const boundary = /^\s*--([^\r\n]+?)[ \t]*\r?\n/.exec(start)?.[1];
  if (boundary !== undefined) return { 'content-type': `multipart/related; boundary="${boundary}"` };
  if (/^\s*[{[]/.test(start)) return { 'content-type': 'application/json' };
  return { 'content-type': 'text/xml' };
}
