import { afterEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TlsFiles } from '../../src/exchange/transport/tls-files.ts';
import { serviceReply } from './support/answers.ts';
import { clientOf, context, restWrite } from './support/calls.ts';
import { ending } from './support/ending.ts';
import { startRawServer, startWireServer } from './support/wire-server.ts';
import type { ServerTls, WireServer } from './support/wire-server.ts';

// Self-signed, for 127.0.0.1 and for these tests only; valid until 2120.
const file = (name: string): string => fileURLToPath(new URL(`support/certificates/${name}.pem`, import.meta.url));
const pem = (name: string): string => readFileSync(file(name), 'utf8');
const identity = (name: string): ServerTls => ({ cert: pem(`${name}-cert`), key: pem(`${name}-key`) });
const ours: TlsFiles = { cert: file('client-cert'), key: file('client-key') };
const mutual = { ca: pem('client-cert'), requestCert: true, rejectUnauthorized: true };

let server: WireServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function callThrough(served: ServerTls, tls?: TlsFiles): Promise<string> {
  const started = await startWireServer(served);
  server = started;
  started.answerWith((request) => serviceReply(request, '{}'));
  const client = clientOf([], { securityServers: [{ url: started.url, ...(tls === undefined ? {} : { tls }) }] });
  const result = await client.rest(restWrite, context);
  await client.close();
  return ending(result);
}

describe('the certificate of the Security Server', () => {
  it('is accepted when we hold it', async () => {
    expect(await callThrough(identity('server'), { ca: file('server-cert') })).toBe('answer');
  });

  it('is refused when we do not', async () => {
    expect(await callThrough(identity('server'))).toBe('route tls-not-trusted');
    expect(server?.received).toHaveLength(0);
  });

  it('is refused under another name', async () => {
    expect(await callThrough(identity('other-name'), { ca: file('other-name-cert') })).toBe('route tls-not-trusted');
  });

  it('is accepted under another name when it is the pinned one', async () => {
    const { fingerprint256 } = new X509Certificate(pem('other-name-cert'));
    expect(
      await callThrough(identity('other-name'), { ca: file('other-name-cert'), fingerprints256: [fingerprint256] }),
    ).toBe('answer');
  });

  it('is refused when another one is pinned, even under the right name', async () => {
    const { fingerprint256 } = new X509Certificate(pem('other-name-cert'));
    expect(await callThrough(identity('server'), { ca: file('server-cert'), fingerprints256: [fingerprint256] })).toBe(
      'route tls-not-trusted',
    );
  });
});

describe('our own certificate', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is shown where it is asked for (%s)', async (version) => {
    const served = { ...identity('server'), ...mutual, minVersion: version, maxVersion: version };
    expect(await callThrough(served, { ca: file('server-cert'), ...ours })).toBe('answer');
  });

  // A Java server says in the handshake that it refuses; a Node server cannot, so that a bare socket plays it.
  const alerts: readonly (readonly [name: string, alert: number, expected: string])[] = [
    ['as bad', 42, 'route tls-not-trusted'],
    ['as expired', 45, 'route tls-not-trusted'],
    ['as unknown', 46, 'route tls-not-trusted'],
    ['because its authority is unknown', 48, 'route tls-not-trusted'],
    ['because it is missing', 116, 'route tls-not-trusted'],
    ['for no reason that concerns it', 40, 'transient connect-failed'],
  ];
  it.each(alerts)('is refused %s', async (_name, alert, expected) => {
    const raw = await startRawServer((socket) => {
      socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));
    });
    const client = clientOf([raw.url.replace('http:', 'https:')]);
    expect(ending(await client.rest(restWrite, context))).toBe(expected);
    await client.close();
    await raw.close();
  });
});

describe('PEM files', () => {
  it('are read when the client is made, not at the first call', () => {
    const url = 'https://127.0.0.1:1';
    expect(() => clientOf([], { securityServers: [{ url, tls: { ca: file('nowhere') } }] })).toThrow();
    expect(() =>
      clientOf([], { securityServers: [{ url, tls: { cert: file('client-key'), key: file('client-key') } }] }),
    ).toThrow();
  });
});
