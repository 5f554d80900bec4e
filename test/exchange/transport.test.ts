import { afterEach, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import type { ExchangeOptions } from '../../src/exchange/exchange-options.ts';
import { connectionFailure } from '../../src/exchange/transport/connection-errors.ts';
import { serviceReply } from './support/answers.ts';
import { clientOf, context, restGet, restRead, restWrite } from './support/calls.ts';
import { ending } from './support/ending.ts';
import { closedPort, onWholeRequest, startRawServer, startWireServer } from './support/wire-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0)) await resource.close();
});

function clientTo(url: string, more: Partial<ExchangeOptions> = {}): ExchangeClient {
  const client = clientOf([url], more);
  open.unshift(client);
  return client;
}

async function rawServer(onConnection: (socket: Socket, index: number) => void): ReturnType<typeof startRawServer> {
  const server = await startRawServer(onConnection);
  open.push(server);
  return server;
}

async function wireServer(): ReturnType<typeof startWireServer> {
  const server = await startWireServer();
  open.push(server);
  return server;
}

/** What a peer does once it has the whole request. */
type PeerCase = readonly [name: string, act: (socket: Socket) => void, expected: string];

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

describe('a connection that fails after the request was written', () => {
  const cases: readonly PeerCase[] = [
    ['closed without a byte', (socket) => socket.end(), 'unknown connection-lost'],
    ['reset', (socket) => socket.resetAndDestroy(), 'unknown connection-lost'],
    ['closed inside the status line', (socket) => socket.end('HTTP/1.1 2'), 'unknown connection-lost'],
    ['closed inside the headers', (socket) => socket.end(HEAD), 'unknown connection-lost'],
    [
      'body shorter than announced',
      (socket) => socket.end(`${HEAD}Content-Length: 50\r\n\r\n{"a":1}`),
      'unknown connection-lost',
    ],
    [
      'reset inside the body',
      (socket) => socket.write(`${HEAD}Content-Length: 50\r\n\r\n{`, () => socket.resetAndDestroy()),
      'unknown connection-lost',
    ],
    [
      'chunks without an end',
      (socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n`),
      'unknown connection-lost',
    ],
    [
      'a chunk size that is none',
      (socket) => socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`),
      'unknown unreadable-answer',
    ],
    ['no HTTP at all', (socket) => socket.write('SSH-2.0-OpenSSH\r\n\r\n'), 'unknown unreadable-answer'],
    [
      'another protocol, unasked',
      (socket) => socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
      'unknown connection-lost',
    ],
    [
      'an announced body beyond the limit',
      (socket) => socket.write(`${HEAD}Content-Length: 2000000\r\n\r\n`),
      'unknown answer-too-large',
    ],
    [
      'a body that grows beyond the limit',
      (socket) => socket.write(`${HEAD}\r\n${'x'.repeat(1_000_001)}`),
      'unknown answer-too-large',
    ],
  ];

  it.each(cases)('%s', async (_name, act, expected) => {
    const server = await rawServer((socket) => onWholeRequest(socket, () => act(socket)));
    const client = clientTo(server.url);
    expect(ending(await client.rest(restRead, context))).toBe(expected);
    expect(ending(await client.rest(restWrite, context))).toBe(expected);
  });
});

describe('the connection', () => {
  it('that is refused proves that nothing was sent', async () => {
    const client = clientTo(await closedPort());
    expect(ending(await client.rest(restWrite, context))).toBe('transient connect-failed');
  });

  it('that never finishes its handshake in time proves it too', async () => {
    const server = await rawServer(() => undefined);
    const client = clientTo(server.url.replace('http:', 'https:'), {
      deadlines: { connectMs: 50, readMs: 20_000, writeMs: 20_000 },
    });
    expect(ending(await client.rest(restWrite, context))).toBe('transient connect-timeout');
  });

  it('that breaks never carries a write a second time', async () => {
    let requests = 0;
    const server = await rawServer((socket) =>
      onWholeRequest(socket, () => {
        requests++;
        socket.destroy();
      }),
    );
    const client = clientTo(server.url);
    await client.rest(restWrite, context);
    await client.close();
    expect([server.connections, requests]).toEqual([1, 1]);
  });

  it('that the server closes while idle makes the next write unknown or sends it on a fresh one, once', async () => {
    const requests: string[] = [];
    const server = await rawServer((socket) => {
      let served = 0;
      onWholeRequest(socket, (request) => {
        requests.push(request);
        if (served++ > 0) socket.destroy();
        else socket.write('HTTP/1.1 503 x\r\nContent-Length: 0\r\n\r\n');
      });
    });
    const client = clientTo(server.url, { breaker: { failures: 1_000, openMs: 1 } });
    for (let n = 0; n < 6; n++) await client.rest(restWrite, { ...context, messageId: `m-${n}` });
    expect(requests.map((request) => /x-road-id: (\S+)/i.exec(request)?.[1])).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => `m-${n}`),
    );
  });

  it('carries an answer that ends with it', async () => {
    const server = await rawServer((socket) =>
      onWholeRequest(socket, () => socket.end('HTTP/1.1 503 x\r\nConnection: close\r\n\r\n<html>')),
    );
    expect(ending(await clientTo(server.url).rest(restRead, context))).toBe('unknown not-x-road');
  });

  it('lets informational responses pass', async () => {
    const server = await rawServer((socket) =>
      onWholeRequest(socket, () =>
        socket.write('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 431 x\r\nContent-Length: 0\r\n\r\n'),
      ),
    );
    expect(ending(await clientTo(server.url).rest(restRead, context))).toBe('message refused-by-http-server');
  });

  it('follows no redirection', async () => {
    const server = await wireServer();
    server.answerWith(() => ({ status: 307, headers: { Location: `${server.url}/elsewhere` } }));
    expect(ending(await clientTo(server.url).rest(restWrite, context))).toBe('unknown not-x-road');
    expect(server.received).toHaveLength(1);
  });

  it('ignores proxies of the environment', async () => {
    const server = await wireServer();
    server.answerWith((request) => serviceReply(request, '{}'));
    process.env['http_proxy'] = process.env['HTTP_PROXY'] = await closedPort();
    try {
      expect(ending(await clientTo(server.url).rest(restRead, context))).toBe('answer');
    } finally {
      delete process.env['http_proxy'];
      delete process.env['HTTP_PROXY'];
    }
  });
});

describe('the deadline', () => {
  const deadlines = { connectMs: 5_000, readMs: 150, writeMs: 150 };

  it('ends a call that is never answered', async () => {
    const server = await rawServer(() => undefined);
    const client = clientTo(server.url, { deadlines });
    expect(ending(await client.rest(restRead, context))).toBe('unknown deadline-exceeded');
    expect(ending(await client.rest(restWrite, context))).toBe('unknown deadline-exceeded');
  });

  it('ends a body that trickles for ever, however busy the connection looks', async () => {
    const server = await rawServer((socket) =>
      onWholeRequest(socket, () => {
        socket.write(`${HEAD}Content-Length: 1000000\r\n\r\n`);
        const drip = setInterval(() => socket.write('x'), 10);
        socket.on('close', () => clearInterval(drip));
      }),
    );
    expect(ending(await clientTo(server.url, { deadlines }).rest(restRead, context))).toBe('unknown deadline-exceeded');
  });

  it('is the one of the operation', async () => {
    const server = await rawServer(() => undefined);
    const client = clientTo(server.url, { deadlines: { connectMs: 5_000, readMs: 20_000, writeMs: 100 } });
    expect(ending(await client.rest(restWrite, context))).toBe('unknown deadline-exceeded');
  });
});

describe('the signal', () => {
  it('aborts a read that has left', async () => {
    const controller = new AbortController();
    const server = await rawServer((socket) => onWholeRequest(socket, () => controller.abort()));
    const result = await clientTo(server.url).rest(restGet, { ...context, signal: controller.signal });
    expect(ending(result)).toBe('unknown aborted');
  });

  it('leaves a write alone that has left', async () => {
    const controller = new AbortController();
    const server = await wireServer();
    server.answerWith((request) => {
      controller.abort();
      return serviceReply(request, '{}', 201);
    });
    const result = await clientTo(server.url).rest(restWrite, { ...context, signal: controller.signal });
    expect(ending(result)).toBe('answer');
  });

  it('stops a write that has not left', async () => {
    const server = await wireServer();
    const result = await clientTo(server.url).rest(restWrite, { ...context, signal: AbortSignal.abort() });
    expect(ending(result)).toBe('transient aborted-before-sending');
    expect(server.received).toHaveLength(0);
  });

  it('stops a write whose time to leave is over, on a connection that is ready', async () => {
    const server = await wireServer();
    server.answerWith((request) => serviceReply(request, '{}', 201));
    const client = clientTo(server.url);
    expect(ending(await client.rest(restWrite, { ...context, leaveBy: performance.now() + 20_000 }))).toBe('answer');
    const late = await client.rest(restWrite, { ...context, leaveBy: performance.now() - 1 });
    expect(ending(late)).toBe('transient aborted-before-sending');
    expect(server.received).toHaveLength(1);
  });

  it('stops a write that is still connecting, and the connection never carries it', async () => {
    const controller = new AbortController();
    const server = await rawServer(() => controller.abort());
    const client = clientTo(server.url.replace('http:', 'https:'), {
      deadlines: { connectMs: 500, readMs: 20_000, writeMs: 20_000 },
    });
    const result = await client.rest(restWrite, { ...context, signal: controller.signal });
    expect(ending(result)).toBe('transient aborted-before-sending');
  });
});

describe('meaning of connection errors', () => {
  const cases: readonly (readonly [code: string, before: string, after: string])[] = [
    ['ENOTFOUND', 'name-not-resolved', 'connection-lost'],
    ['EAI_AGAIN', 'name-not-resolved', 'connection-lost'],
    ['ECONNREFUSED', 'connect-failed', 'connection-lost'],
    ['EHOSTUNREACH', 'connect-failed', 'connection-lost'],
    ['ECONNRESET', 'connect-failed', 'connection-lost'],
    ['EPIPE', 'connect-failed', 'connection-lost'],
    ['ETIMEDOUT', 'connect-timeout', 'connection-lost'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout', 'connection-lost'],
    ['UND_ERR_SOCKET', 'connect-failed', 'connection-lost'],
    ['UND_ERR_CLOSED', 'aborted-before-sending', 'connection-lost'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-not-trusted', 'connection-lost'],
    ['CERT_HAS_EXPIRED', 'tls-not-trusted', 'connection-lost'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-not-trusted', 'tls-not-trusted'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls-not-trusted', 'tls-not-trusted'],
    ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'connect-failed', 'connection-lost'],
    ['something new', 'connect-failed', 'connection-lost'],
  ];
  it.each(cases)('%s', (code, before, after) => {
    const error = Object.assign(new Error('x'), { code });
    expect([connectionFailure(error, false), connectionFailure(error, true)]).toEqual([before, after]);
  });
});
