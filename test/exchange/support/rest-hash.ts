import { createHash } from 'node:crypto';
import type { Received } from './wire-server.ts';

const NOT_HASHED = new Set(
  (
    'transfer-encoding keep-alive proxy-authenticate proxy-authorization te trailer upgrade connection user-agent ' +
    'host content-length server expect x-road-request-id x-road-request-hash'
  ).split(' '),
);

/** `X-Road-Request-Hash` as a consumer's Security Server computes it over what it received. */
export function restRequestHash(
  request: Pick<Received, 'method' | 'url' | 'rawHeaders' | 'body'>,
  requestId: string,
): string {
  const lines = [request.method, request.url];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    if (!NOT_HASHED.has(name.toLowerCase())) lines.push(`${name}:${request.rawHeaders[index + 1] ?? ''}`);
  }
  lines.push(`x-road-request-id:${requestId}`);
  const head = sha512(Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'utf8'));
  if (request.body.length === 0) return head.toString('base64');
  return sha512(Buffer.concat([head, sha512(request.body)])).toString('base64');
}

function sha512(bytes: Buffer): Buffer {
  return createHash('sha512').update(bytes).digest();
}
