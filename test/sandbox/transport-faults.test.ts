import { afterEach, describe, expect, it } from '@jest/globals';
import type { TransportFailure } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { registration, smallCountry } from './small-country.ts';
import { type Answer, CLIENT, rawExchange, register, rest, RNU } from './wire.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.stop());

const start = async (failure: TransportFailure, when: 'before' | 'after', durationMs?: number): Promise<void> => {
  sandbox = await startSandbox({
    registries: smallCountry,
    seed: 1,
    faults: [
      {
        service: '*',
        rate: 1,
        when,
        attempts: 'first',
        fault: { kind: 'transport', failure, ...(durationMs === undefined ? {} : { durationMs }) },
      },
    ],
  });
};
const first = (): Promise<Answer> => register(sandbox.url, registration());
const raw = (): Promise<string> =>
  rawExchange(sandbox.port, `GET ${RNU}/v1/lots HTTP/1.1\r\nHost: x\r\nX-Road-Client: ${CLIENT}\r\n\r\n`);
const headAndBody = (text: string): [string, string] => {
  const cut = text.indexOf('\r\n\r\n');
  return [text.slice(0, cut), text.slice(cut + 4)];
};
const declared = (head: string): number => Number(/content-length: (\d+)/i.exec(head)?.[1]);

describe('connections that fail', () => {
  it.each(['close-after-accept', 'reset-after-accept'] as const)('%s: not one byte of answer', async (failure) => {
    await start(failure, 'after');
    await expect(first()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(sandbox.ledger()).toHaveLength(1);
    expect((await first()).status).toBe(200);
  });

  it.each(['close-after-headers', 'truncated-body', 'content-length-too-long'] as const)(
    '%s: an answer that never becomes whole, whether the service ran or not',
    async (failure) => {
      for (const when of ['before', 'after'] as const) {
        await start(failure, when);
        await expect(first()).rejects.toMatchObject({ code: 'ECONNRESET' });
        expect(sandbox.ledger()).toHaveLength(when === 'after' ? 1 : 0);
        await sandbox.stop();
      }
    },
  );

  it('close-after-headers: the head of the true answer and nothing more', async () => {
    await start('close-after-headers', 'after');
    const [head, body] = headAndBody(await raw());
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head).toMatch(/x-road-request-hash/);
    expect([declared(head) > 0, body]).toEqual([true, '']);
  });

  it('truncated-body: half of it', async () => {
    await start('truncated-body', 'after');
    const [head, body] = headAndBody(await raw());
    expect(body).toMatch(/^\{"lots":/);
    expect(body.length).toBeLessThan(declared(head) / 2 + 1);
  });

  it('content-length-too-short: more bytes than announced', async () => {
    await start('content-length-too-short', 'after');
    const [head, body] = headAndBody(await raw());
    expect(body.length).toBe(declared(head) + 16);
    expect(body).toMatch(/\]\}$/);
  });

  it('slow-drip: the whole answer, in time', async () => {
    await start('slow-drip', 'after', 60);
    expect((await first()).status).toBe(201);
  });

  it('never-answer: silence, then the end', async () => {
    await start('never-answer', 'before', 30);
    await expect(first()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(sandbox.ledger()).toHaveLength(0);
  });

  it('never-answer: does not keep a sandbox from stopping', async () => {
    await start('never-answer', 'before');
    const waiting = expect(first()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await rest(sandbox.url, '/listClients');
    await sandbox.stop();
    await waiting;
  });
});

describe('answers that are not X-Road', () => {
  it.each([
    ['html-502', 502, /^text\/html/],
    ['html-503', 503, /^text\/html/],
    ['html-504', 504, /^text\/html/],
    ['jetty-400', 400, /^text\/html/],
    ['redirect', 302, undefined],
    ['empty-answer', 200, undefined],
  ] as const)('%s: status %i without any mark', async (failure, status, type) => {
    await start(failure, 'after');
    const answer = await first();
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('x-road'))).toEqual([]);
    if (type === undefined) expect(answer.bytes).toHaveLength(0);
    else expect(answer.headers['content-type']).toMatch(type);
    expect(sandbox.ledger()).toHaveLength(1);
  });
});

describe('a door that closes', () => {
  it('refuses connections until it opens again on the same port', async () => {
    sandbox = await startSandbox({ registries: smallCountry, seed: 1 });
    await sandbox.securityServers[0]?.closeDoor();
    await expect(first()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await sandbox.securityServers[0]?.openDoor();
    expect((await first()).status).toBe(201);
  });

  it('leaves the other servers working, before the same partners', async () => {
    sandbox = await startSandbox({
      registries: smallCountry,
      seed: 1,
      securityServers: 2,
      faults: [
        {
          service: '*',
          rate: 1,
          when: 'before',
          securityServer: 1,
          fault: { kind: 'xroad-error', code: 'Server.ClientProxy.OutdatedGlobalConf' },
        },
      ],
    });
    const [one, two] = sandbox.securityServers.map((server) => server.url) as [string, string];
    expect((await register(one, registration())).json.type).toBe('Server.ClientProxy.OutdatedGlobalConf');
    expect((await register(two, registration())).status).toBe(201);
    await sandbox.securityServers[1]?.closeDoor();
    await expect(register(two, registration())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(sandbox.ledger()).toHaveLength(1);
  });

  it('is on the address it is told, and on no port that is taken', async () => {
    sandbox = await startSandbox({ registries: smallCountry, seed: 1, host: 'localhost' });
    expect(sandbox.url).toBe(`http://localhost:${sandbox.port}`);
    expect((await rest(sandbox.url, `${RNU}/v1/lots`)).status).toBe(200);
    const again = startSandbox({ registries: smallCountry, seed: 1, host: 'localhost', port: sandbox.port });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('does not tell clients how long it keeps connections', async () => {
    sandbox = await startSandbox({ registries: smallCountry, seed: 1, idleMs: 50 });
    // Node closes an idle connection by itself, so the exchange ends without a request to close.
    const [head] = headAndBody(await raw());
    expect(head).not.toMatch(/keep-alive/i);
  });
});
