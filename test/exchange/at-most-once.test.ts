import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import type { CallResult } from '../../src/domain/partner-call.ts';
import { SingleExchange } from '../../src/exchange/transport/single-exchange.ts';
import type { TransportError } from '../../src/exchange/transport/transport-error.ts';
import { restError, serviceReply } from './support/answers.ts';
import type { Reply } from './support/wire-server.ts';
import { clientOf, restWrite } from './support/calls.ts';
import { onWholeRequest, startRawServer } from './support/wire-server.ts';
import type { RawServer, Received } from './support/wire-server.ts';

/** What a Security Server does with a request; `executes` is what the service behind it did. */
interface Behaviour {
  readonly executes: boolean;
  act(socket: Socket, request: Received): void;
}

const write = (socket: Socket, reply: Reply): void => {
  const body = Buffer.from(reply.body ?? '');
  const lines = Object.entries({ ...reply.headers, 'Content-Length': String(body.length) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${reply.status ?? 200} x\r\n${head}\r\n`), body]));
};

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  answers: { executes: true, act: (socket, request) => write(socket, serviceReply(request, '{}', 201)) },
  'executes, then closes': { executes: true, act: (socket) => socket.end() },
  'executes, then resets': { executes: true, act: (socket) => socket.resetAndDestroy() },
  'executes, then answers half': { executes: true, act: (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le') },
  'executes, then answers rubbish': { executes: true, act: (socket) => void socket.write('rubbish\r\n\r\n') },
  'executes, then a box answers': { executes: true, act: (socket) => write(socket, { status: 503 }) },
  'executes, and cannot log the answer': {
    executes: true,
    act: (socket) => write(socket, restError('Server.ClientProxy.LoggingFailed')),
  },
  'executes, and the answer is another one': {
    executes: true,
    act: (socket, request) => {
      const other = { ...request, headers: { ...request.headers, 'x-road-id': 'other' } };
      write(socket, serviceReply(other, '{}', 201));
    },
  },
  'closes before it reads': { executes: false, act: (socket) => socket.destroy() },
  'cannot work': {
    executes: false,
    act: (socket) => write(socket, restError('Server.ClientProxy.OutdatedGlobalConf')),
  },
  'has no right': { executes: false, act: (socket) => write(socket, restError('Server.ServerProxy.AccessDenied')) },
};

let plan: string[] = [];
const executed: string[] = [];
const servers: RawServer[] = [];

beforeAll(async () => {
  for (let n = 0; n < 3; n++) {
    servers.push(
      await startRawServer((socket) => {
        onWholeRequest(socket, (text) => {
          const behaviour = BEHAVIOURS[plan.shift() ?? 'answers']!;
          const request = asReceived(text);
          if (behaviour.executes) executed.push(String(request.headers['x-road-id']));
          behaviour.act(socket, request);
        });
      }),
    );
  }
});
afterAll(async () => {
  for (const server of servers) await server.close();
});

function asReceived(text: string): Received {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [requestLine = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  const [method = '', url = ''] = requestLine.split(' ');
  return { method, url, headers, rawHeaders: [], body: Buffer.from(body, 'latin1'), remotePort: 0 };
}

describe('a write', () => {
  it('is executed at most once, and its end never says the opposite of what happened', async () => {
    const plans = fc.array(fc.constantFrom(...Object.keys(BEHAVIOURS)), { minLength: 1, maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 8 }), async (given, calls) => {
        plan = [...given];
        executed.length = 0;
        const client = clientOf(
          servers.map(({ url }) => url),
          { breaker: { failures: 4, openMs: 1 }, deadlines: { connectMs: 5_000, readMs: 5_000, writeMs: 5_000 } },
        );
        const ids = Array.from({ length: calls }, (_, n) => `m-${n}`);
        const results = await Promise.all(ids.map((messageId) => client.rest(restWrite, { messageId, issue: 'i' })));
        await client.close();
        results.forEach((result, n) => holdsFor(result, executed.filter((id) => id === ids[n]).length));
      }),
      { numRuns: 100 },
    );
  });
});

function holdsFor(result: CallResult<unknown>, times: number): void {
  expect(times).toBeLessThanOrEqual(1);
  if (result.kind === 'answer') expect(times).toBe(1);
  if (result.kind === 'not-processed') expect([result.code, times]).toEqual([result.code, 0]);
}

describe('one exchange', () => {
  const bounds = { connectMs: 5_000, totalMs: 5_000, maxBodyBytes: 10, signal: undefined, abortable: false };

  function controller(): Dispatcher.DispatchController & { reasons: Error[] } {
    const reasons: Error[] = [];
    const nothing = (): void => undefined;
    const abort = (reason: Error): void => void reasons.push(reason);
    return { reasons, abort, aborted: false, paused: false, reason: null, pause: nothing, resume: nothing };
  }

  it('offered to a second connection is refused there, and its outcome is unknown', async () => {
    const exchange = new SingleExchange(bounds);
    const first = controller();
    const second = controller();
    exchange.onRequestStart(first);
    exchange.onRequestStart(second);
    await expect(exchange.answer).rejects.toMatchObject({ code: 'connection-lost' } satisfies Partial<TransportError>);
    expect(second.reasons.length).toBeGreaterThan(0);
  });

  it('given up while connecting is stopped before a byte of it is written', async () => {
    const aborting = new AbortController();
    const exchange = new SingleExchange({ ...bounds, signal: aborting.signal });
    aborting.abort();
    await expect(exchange.answer).rejects.toMatchObject({ code: 'aborted-before-sending' });
    const late = controller();
    exchange.onRequestStart(late);
    expect(late.reasons).toHaveLength(1);
  });

  it('that woke up too late is stopped as its connection is ready, before any timer has struck', async () => {
    let awake = true;
    const exchange = new SingleExchange({ ...bounds, mayLeave: () => awake });
    awake = false;
    const ready = controller();
    exchange.onRequestStart(ready);
    await expect(exchange.answer).rejects.toMatchObject({ code: 'aborted-before-sending' });
    expect(ready.reasons).toHaveLength(1);
  });

  it('not even taken certainly was not sent', async () => {
    const exchange = new SingleExchange(bounds);
    exchange.refused(Object.assign(new Error('x'), { code: 'UND_ERR_INVALID_ARG' }));
    await expect(exchange.answer).rejects.toMatchObject({ code: 'invalid-call' });
  });

  it('that became another protocol is lost', async () => {
    const exchange = new SingleExchange(bounds);
    const only = controller();
    exchange.onRequestStart(only);
    exchange.onRequestUpgrade(only);
    await expect(exchange.answer).rejects.toMatchObject({ code: 'connection-lost' });
    expect(only.reasons.length).toBeGreaterThan(0);
  });

  it('that has ended stays as it ended', async () => {
    const exchange = new SingleExchange(bounds);
    const only = controller();
    exchange.onRequestStart(only);
    exchange.onResponseStart(only, 200, {});
    exchange.onResponseEnd();
    exchange.onResponseError(only, new Error('late'));
    expect(await exchange.answer).toMatchObject({ status: 200 });
  });
});
