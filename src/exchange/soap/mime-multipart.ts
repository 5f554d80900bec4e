import { UnreadableAnswerError } from '../unreadable-answer.ts';
import { decodeTransferEncoding } from './transfer-encoding.ts';

/** One part of a multipart body: lower-case header names, content after its transfer encoding is undone. */
export interface MimePart {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer;
}

const MAX_PARTS = 1_000;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Splits a multipart body, line ends CRLF or bare LF. Throws `UnreadableAnswerError` when the closing boundary is
 * missing, for a body cut between two parts looks complete otherwise; also on a part without `Content-Type`, which no
 * Security Server lets through.
 */
export function readMultipart(body: Buffer, boundary: string): readonly MimePart[] {
  if (boundary === '' || boundary.length > 200) throw new UnreadableAnswerError('mime');
  const parts: MimePart[] = [];
  let delimiter = nextDelimiter(body, boundary, 0);
  while (delimiter !== null && !delimiter.closing) {
    const next = nextDelimiter(body, boundary, delimiter.end);
    if (next === null || parts.length >= MAX_PARTS) throw new UnreadableAnswerError('mime');
    parts.push(readPart(body.subarray(delimiter.end, Math.max(delimiter.end, next.start))));
    delimiter = next;
  }
  if (delimiter === null || parts.length === 0) throw new UnreadableAnswerError('mime');
  return parts;
}

interface Delimiter {
  /** First byte of the line end before the delimiter, which belongs to it. */
  readonly start: number;
  /** First byte after the delimiter's line. */
  readonly end: number;
  readonly closing: boolean;
}

/** The next line that is the boundary and nothing else: a longer boundary of a nested multipart is content. */
function nextDelimiter(body: Buffer, boundary: string, from: number): Delimiter | null {
  const dashed = Buffer.from(`--${boundary}`, 'latin1');
  for (let at = body.indexOf(dashed, from); at !== -1; at = body.indexOf(dashed, at + 1)) {
    // First of all, so that a line is looked at once however often it repeats the boundary.
    if (at !== 0 && at !== from && body[at - 1] !== LF) continue;
    const lineEnd = body.indexOf(LF, at);
    const line = body.toString('latin1', at + dashed.length, lineEnd === -1 ? body.length : lineEnd);
    const closing = /^--[ \t]*\r?$/.test(line);
    const terminated = lineEnd !== -1 || closing;
    if (!terminated || !(closing || /^[ \t]*\r?$/.test(line))) continue;
    return { start: contentEnd(body, at), end: lineEnd === -1 ? body.length : lineEnd + 1, closing };
  }
  return null;
}

function contentEnd(body: Buffer, at: number): number {
  if (at === 0 || body[at - 1] !== LF) return at;
  return at >= 2 && body[at - 2] === CR ? at - 2 : at - 1;
}

function readPart(bytes: Buffer): MimePart {
  const headers: Record<string, string> = {};
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf(LF, at);
    if (lineEnd === -1) throw new UnreadableAnswerError('mime');
    const line = bytes.toString('latin1', at, lineEnd).replace(/\r$/, '');
    at = lineEnd + 1;
    if (line === '') break;
    addHeaderLine(headers, line);
  }
  if (headers['content-type'] === undefined) throw new UnreadableAnswerError('mime');
  return { headers, content: decodeTransferEncoding(bytes.subarray(at), headers['content-transfer-encoding']) };
}

function addHeaderLine(headers: Record<string, string>, line: string): void {
  const last = Object.keys(headers).at(-1);
  if (/^[ \t]/.test(line) && last !== undefined) {
    headers[last] = `${headers[last] ?? ''} ${line.trim()}`;
    return;
  }
  const colon = line.indexOf(':');
  if (colon <= 0) throw new UnreadableAnswerError('mime');
  headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
}
