import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConnectionType, DEFAULT_DIRECTORY } from '../../fixtures/sandbox/security-server/directory.ts';
import {
  type SelfSignedCertificate,
  selfSignedCertificate,
} from '../../fixtures/sandbox/security-server/self-signed-certificate.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { registration, smallCountry } from './small-country.ts';
import { CLIENT, register, rest, RNU, send } from './wire.ts';

let server: SelfSignedCertificate;
let client: SelfSignedCertificate;
let stranger: SelfSignedCertificate;
beforeAll(() => {
  server = selfSignedCertificate('ss1.anacmu.example');
  client = selfSignedCertificate('enrolement');
  stranger = selfSignedCertificate('enrolement');
});

const start = (connection: ConnectionType, encrypted: boolean): Promise<Sandbox> =>
  startSandbox({
    registries: smallCountry,
    seed: 1,
    ...(encrypted ? { tls: server } : {}),
    directory: {
      ...DEFAULT_DIRECTORY,
      clients: [{ id: CLIENT, name: 'ANACMU', connection, certificates: [client.fingerprint] }],
    },
  });

/** Error code of a call, null when it was answered; the server's certificate is pinned, its name not looked at. */
function errorCode(url: string, identity?: SelfSignedCertificate): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const request = https.request(`${url}${RNU}/v1/lots`, {
      agent: false,
      ca: server.cert,
      checkServerIdentity: () => undefined,
      headers: { 'X-Road-Client': CLIENT },
      ...(identity === undefined ? {} : { key: identity.key, cert: identity.cert }),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve((response.headers['x-road-error'] as string | undefined) ?? null));
    });
    request.end();
  });
}

describe('connection types', () => {
  const REFUSED = 'Server.ClientProxy.SslAuthenticationFailed';

  it('makes certificates that others can read, of the shape Security Servers have', () => {
    const certificate = new X509Certificate(server.cert);
    expect(certificate.subject).toBe('CN=ss1.anacmu.example');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(server.fingerprint);
    expect(certificate.subjectAltName).toBeUndefined();
  });

  it('HTTP takes plain and encrypted connections', async () => {
    const plain = await start('HTTP', false);
    expect((await rest(plain.url, `${RNU}/v1/lots`)).status).toBe(200);
    await plain.stop();
    const encrypted = await start('HTTP', true);
    expect(encrypted.url).toMatch(/^https:/);
    expect(await errorCode(encrypted.url)).toBeNull();
    await encrypted.stop();
  });

  it.each(['HTTPS NOAUTH', 'HTTPS'] as const)('%s refuses a plain connection', async (connection) => {
    const sandbox = await start(connection, false);
    expect((await rest(sandbox.url, `${RNU}/v1/lots`)).json.type).toBe(REFUSED);
    await sandbox.stop();
  });

  it('HTTPS NOAUTH asks for no certificate', async () => {
    const sandbox = await start('HTTPS NOAUTH', true);
    expect(await errorCode(sandbox.url)).toBeNull();
    await sandbox.stop();
  });

  it('HTTPS takes the uploaded certificate and no other', async () => {
    const sandbox = await start('HTTPS', true);
    expect(await errorCode(sandbox.url, client)).toBeNull();
    expect(await errorCode(sandbox.url, stranger)).toBe(REFUSED);
    expect(await errorCode(sandbox.url)).toBe(REFUSED);
    await sandbox.stop();
  });
});

describe('health port', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ registries: smallCountry, seed: 1, securityServers: 2 });
  });
  afterAll(() => sandbox.stop());

  it('says what it is told, whatever the path, and calls go on', async () => {
    const [one, two] = sandbox.securityServers;
    const health = async (url: string | undefined): Promise<[number, string]> => {
      const answer = await send(url ?? '', { path: '/any' });
      return [answer.status, answer.text];
    };
    expect(await health(one?.healthUrl)).toEqual([200, '']);
    one?.setHealth('unable');
    expect(await health(one?.healthUrl)).toEqual([500, 'Global configuration is expired']);
    one?.setHealth('maintenance');
    expect(await health(one?.healthUrl)).toEqual([503, 'Health check interface is in maintenance mode.']);
    expect(await health(two?.healthUrl)).toEqual([200, '']);
    expect((await register(sandbox.url, registration())).status).toBe(201);
  });

  it('is away with its server', async () => {
    const [, two] = sandbox.securityServers;
    await two?.closeDoor();
    await expect(send(two?.healthUrl ?? '', { path: '/' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await two?.openDoor();
    expect((await send(two?.healthUrl ?? '', { path: '/' })).status).toBe(200);
  });
});

describe('ports and the time to connect', () => {
  it('a health port can be chosen, and one that is taken is named and leaves nothing open', async () => {
    const first = await startSandbox({ registries: smallCountry, seed: 1 });
    const [freed] = first.securityServers;
    const health = new URL(freed?.healthUrl ?? '').port;
    const options = { registries: smallCountry, seed: 1, port: 0, healthPort: Number(health) };
    await expect(startSandbox(options)).rejects.toMatchObject({ code: 'EADDRINUSE', port: Number(health) });
    await first.stop();
    // On the port of the calls this time: it was given back only if the health port failing closed it again.
    const taker = await startSandbox({ registries: smallCountry, seed: 1 });
    const both = { ...options, port: first.port, healthPort: taker.port };
    await expect(startSandbox(both)).rejects.toMatchObject({ code: 'EADDRINUSE', port: taker.port });
    const second = await startSandbox({ ...options, port: first.port });
    expect([second.port, second.securityServers[0]?.healthUrl]).toEqual([first.port, `http://127.0.0.1:${health}`]);
    await second.stop();
    await taker.stop();
  });

  it.each([false, true])('a new connection waits, one that is kept does not (TLS: %s)', async (encrypted) => {
    const sandbox = await startSandbox({
      registries: smallCountry,
      seed: 1,
      latency: { connectMs: 1_000 },
      ...(encrypted ? { tls: server } : {}),
    });
    const { Agent } = encrypted ? https : http;
    const kept = new Agent({ keepAlive: true, ca: server.cert, checkServerIdentity: () => undefined });
    const fresh = new Agent({ ca: server.cert, checkServerIdentity: () => undefined });
    const answered: string[] = [];
    const ask = async (agent: http.Agent, name: string): Promise<void> => {
      answered.push(`${name} ${await status(`${sandbox.url}/listClients`, agent)}`);
    };
    await ask(kept, 'first');
    await Promise.all([ask(fresh, 'new'), ask(kept, 'kept')]);
    expect(answered).toEqual(['first 200', 'kept 200', 'new 200']);
    kept.destroy();
    await sandbox.stop();
  });

  it('a client that gives up while it waits does no harm', async () => {
    const sandbox = await startSandbox({ registries: smallCountry, seed: 1, latency: { connectMs: 3_600_000 } });
    const waiting = status(`${sandbox.url}/listClients`, new http.Agent());
    const refused = expect(waiting).rejects.toMatchObject({ code: 'ECONNRESET' });
    const { port } = sandbox;
    await new Promise<void>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => socket.resetAndDestroy());
      socket.on('close', () => resolve());
    });
    await sandbox.stop();
    await refused;
  });
});

function status(url: string, agent: http.Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { get } = url.startsWith('https:') ? https : http;
    get(url, { agent, headers: { Accept: 'application/json' } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    }).on('error', reject);
  });
}
