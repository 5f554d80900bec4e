import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificateFingerprint, clientConnection } from '../../fixtures/sandbox/security-server/client-connection.ts';
import { selfSignedCertificate } from '../../fixtures/sandbox/security-server/self-signed-certificate.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { SecurityServerPool } from '../../src/exchange/transport/security-server-pool.ts';
import type { TlsFiles } from '../../src/exchange/transport/tls-files.ts';
import type { TlsRotation, TlsRotationEvent } from '../../src/exchange/transport/tls-watch.ts';
import { serviceReply } from './support/answers.ts';
import { clientOf, context, restGet } from './support/calls.ts';
import { ending } from './support/ending.ts';

interface Identity {
  readonly cert: string;
  readonly key: string;
}

const pem = (name: string): string => fileURLToPath(new URL(`support/certificates/${name}.pem`, import.meta.url));
const identity = (name: string): Identity => ({
  cert: readFileSync(pem(`${name}-cert`), 'utf8'),
  key: readFileSync(pem(`${name}-key`), 'utf8'),
});
const fingerprintOf = ({ cert }: Identity): string => certificateFingerprint(new X509Certificate(cert).raw);

const LOOK_MS = 10_000;
const ours = identity('client');
const theirs = identity('server');
let oursNext: Identity;
let theirsNext: Identity;
beforeAll(() => {
  oursNext = selfSignedCertificate('enrolement');
  theirsNext = selfSignedCertificate('ss1.example');
});

let folder: string;
let files: { readonly ca: string; readonly cert: string; readonly key: string };
let tls: TlsFiles;
let rotation: TlsRotation;
let elapsedMs: number;
let events: TlsRotationEvent[];
let server: MutualServer;
let client: ExchangeClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-rotation-'));
  files = { ca: join(folder, 'ca.pem'), cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  copyFileSync(pem('server-cert'), files.ca);
  replaceOurs(ours);
  elapsedMs = 0;
  events = [];
  server = await startMutualServer(theirs, ours);
  tls = { ...files, fingerprints256: [fingerprintOf(theirs), fingerprintOf(theirsNext)] };
  const clock = { now: () => new Date(), monotonicMs: () => elapsedMs };
  rotation = { clock, lookEveryMs: LOOK_MS, onEvent: (event: TlsRotationEvent) => events.push(event) };
  client = clientOf([], { securityServers: [{ url: server.url, tls, rotation }] });
});
afterEach(async () => {
  await client.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

function replaceOurs({ cert, key }: Identity): void {
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
}

const call = async (): Promise<string> => ending(await client.rest(restGet, context));
const callAfterLook = (): Promise<string> => {
  elapsedMs += LOOK_MS;
  return call();
};
const codes = (): readonly string[] => events.map(({ code }) => code);

describe('replaced PEM files', () => {
  it('are taken up when both sides change their certificates', async () => {
    expect(await call()).toBe('answer');
    server.become(theirsNext, oursNext);
    writeFileSync(files.ca, theirsNext.cert);
    replaceOurs(oursNext);
    expect(await callAfterLook()).toBe('answer');
    expect(server.shown).toEqual([fingerprintOf(ours), fingerprintOf(oursNext)]);
    expect(events).toEqual([{ code: 'tls-files-taken-up', securityServer: new URL(server.url).host }]);
  });

  it('are taken up when others are moved into their place', async () => {
    server.become(theirs, oursNext);
    for (const name of ['cert', 'key'] as const) {
      writeFileSync(join(folder, 'next'), oursNext[name]);
      renameSync(join(folder, 'next'), files[name]);
    }
    expect(await callAfterLook()).toBe('answer');
    expect(server.shown).toEqual([fingerprintOf(oursNext)]);
  });

  it('leave calls under way on the connection they have', async () => {
    const release = server.hold();
    const underWay = call();
    await server.reached(1);
    server.become(theirs, oursNext);
    replaceOurs(oursNext);
    expect(await callAfterLook()).toBe('answer');
    release();
    expect(await underWay).toBe('answer');
    expect(server.shown).toEqual([fingerprintOf(ours), fingerprintOf(oursNext)]);
  });

  it('do not let closing forget calls on the former connections', async () => {
    const pool = new SecurityServerPool({ url: server.url, tls, rotation }, { connectMs: 5_000, keepAliveMs: 10_000 });
    const headers = { 'X-Road-Client': 'SN/GOV/ANACMU/enrolement', 'X-Road-Id': 'essai' };
    const wire = { method: 'GET', path: '/r1/SN/GOV/DAF/cni/identite/v1/lots', headers, body: null } as const;
    const bounds = { connectMs: 5_000, totalMs: 20_000, maxBodyBytes: 1_000, signal: undefined, abortable: true };
    const release = server.hold();
    const underWay = pool.send(wire, bounds);
    await server.reached(1);
    replaceOurs(ours);
    elapsedMs += LOOK_MS;
    expect((await pool.send(wire, bounds)).status).toBe(200);
    expect(codes()).toEqual(['tls-files-taken-up']);
    let closed = false;
    const closing = pool.close().then(() => (closed = true));
    // A handshake and a call of somebody else: time enough to close what nobody uses.
    expect(await call()).toBe('answer');
    expect(closed).toBe(false);
    release();
    expect((await underWay).status).toBe(200);
    await closing;
  });

  it('are not looked at before their time, and are not taken up when they are the same', async () => {
    expect(await call()).toBe('answer');
    expect(await callAfterLook()).toBe('answer');
    replaceOurs(oursNext);
    elapsedMs += LOOK_MS - 1;
    expect(await call()).toBe('answer');
    expect(events).toEqual([]);
    expect(server.shown).toEqual([fingerprintOf(ours)]);
  });
});

describe('files that cannot be used', () => {
  const half = (text: string): string => text.slice(0, text.length / 2);
  const broken: readonly (readonly [name: string, damage: () => void])[] = [
    ['a key cut short', () => writeFileSync(files.key, half(oursNext.key))],
    ['a certificate before its key', () => writeFileSync(files.cert, oursNext.cert)],
    ['a certificate cut short', () => writeFileSync(files.cert, half(ours.cert))],
    ['an authority cut short', () => writeFileSync(files.ca, theirs.cert + half(theirsNext.cert))],
    ['an empty authority', () => writeFileSync(files.ca, '')],
    ['a missing file', () => rmSync(files.key)],
  ];
  it.each(broken)('%s: the former ones stay, it is told once, and whole ones are taken up', async (_name, damage) => {
    damage();
    expect([await callAfterLook(), await callAfterLook()]).toEqual(['answer', 'answer']);
    expect(codes()).toEqual(['tls-files-unusable']);
    server.become(theirs, oursNext);
    writeFileSync(files.ca, theirs.cert);
    replaceOurs(oursNext);
    expect(await callAfterLook()).toBe('answer');
    expect(codes()).toEqual(['tls-files-unusable', 'tls-files-taken-up']);
    expect(server.shown).toEqual([fingerprintOf(ours), fingerprintOf(oursNext)]);
  });
});

interface MutualServer {
  readonly url: string;
  /** Our certificates that calls came with, without repetition. */
  readonly shown: readonly string[];
  /** Another certificate of its own, and another client that it knows, for new connections. */
  become(own: Identity, known: Identity): void;
  /** Answers to requests that arrive before the next one are held until the returned function is called. */
  hold(): () => void;
  /** When so many requests have arrived. */
  reached(count: number): Promise<void>;
  close(): Promise<void>;
}

/** An HTTPS server that takes no connection but those with the client certificate it knows. */
async function startMutualServer(own: Identity, known: Identity): Promise<MutualServer> {
  const shown: string[] = [];
  const arrivals: (() => void)[] = [];
  let arrived = 0;
  let held: Promise<void> | null = null;
  const server = createServer({ ...own, ca: known.cert, requestCert: true, rejectUnauthorized: true });
  server.on('request', (request, response) => {
    const fingerprint = clientConnection(request.socket).certificateFingerprint ?? 'none';
    if (!shown.includes(fingerprint)) shown.push(fingerprint);
    arrived++;
    const wait = held;
    held = null;
    for (const look of arrivals) look();
    void Promise.resolve(wait).then(() => {
      const { method = '', url = '', headers, rawHeaders } = request;
      const body = Buffer.alloc(0);
      const reply = serviceReply({ method, url, headers, rawHeaders, body, remotePort: 0 }, '{}');
      response.writeHead(200, reply.headers as Record<string, string>).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shown,
    become: (next, client) => server.setSecureContext({ ...next, ca: client.cert }),
    hold() {
      let release: () => void = () => undefined;
      held = new Promise((resolve) => (release = resolve));
      return () => release();
    },
    reached: (count) =>
      new Promise((resolve) => {
        arrivals.push(() => arrived >= count && resolve());
        if (arrived >= count) resolve();
      }),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
