import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallContext } from '../../../src/domain/partner-call.ts';
import type { ExchangeClient } from '../../../src/exchange/exchange-client.ts';
import type { ExchangeOptions } from '../../../src/exchange/exchange-options.ts';
import type { DestinationLimit, FlowAlert } from '../../../src/exchange/flow/flow-settings.ts';
import { restError, serviceReply } from '../support/answers.ts';
import { clientOf, context, restRead, restWrite } from '../support/calls.ts';
import { ending } from '../support/ending.ts';
import { closedPort, startWireServer } from '../support/wire-server.ts';
import type { WireServer } from '../support/wire-server.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';

let server: WireServer;
let clock: FakeClock;
let alerts: FlowAlert[];
const open: ExchangeClient[] = [];

beforeEach(async () => {
  server = await startWireServer();
  server.answerWith((request) => serviceReply(request, '{}'));
  clock = fakeClock();
  alerts = [];
});
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
  await server.close();
});

/** A client whose destination `cni` has this limit. */
function bounded(cni: Partial<DestinationLimit>, more: Partial<ExchangeOptions> = {}): ExchangeClient {
  const client = clientOf([server.url], {
    limits: { cni: { maxInFlight: 8, ...cni } },
    clock,
    random: () => 1,
    onAlert: (alert) => alerts.push(alert),
    breaker: { failures: 1_000_000, openMs: 1 },
    ...more,
  });
  open.push(client);
  return client;
}

async function read(client: ExchangeClient, more: Partial<CallContext> = {}): Promise<string> {
  return ending(await client.rest(restRead, { ...context, ...more }));
}

const several = (count: number, one: () => Promise<string>): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, one));

const breaker = { failures: 4, routeFailures: 2, openMs: 10_000, longestOpenMs: 60_000 };

describe('the breaker of a destination', () => {
  it('holds calls back after failures of the provider, and lets one probe find out', async () => {
    const client = bounded({ breaker });
    server.answerWith((request) => serviceReply(request, '{}', 503));
    expect(await several(4, () => read(client))).toEqual(Array.from({ length: 4 }, () => 'answer'));
    const held = await client.rest(restRead, context);
    expect(ending(held)).toBe('transient breaker-open');
    expect(held).toMatchObject({ retryAfterMs: 10_000, trace: { securityServer: null, httpStatus: null } });
    expect(server.received).toHaveLength(4);

    clock.advance(10_000);
    server.answerWith((request) => serviceReply(request, '{}'));
    const ends = await several(20, () => read(client));
    expect(ends.filter((end) => end === 'answer')).toHaveLength(1);
    expect(server.received).toHaveLength(5);
    expect(await several(20, () => read(client))).toEqual(Array.from({ length: 20 }, () => 'answer'));
  });

  it('takes failures of the route for what they are, and alerts once', async () => {
    const client = bounded({ breaker });
    server.answerWith(() => restError('Server.ServerProxy.AccessDenied'));
    await read(client);
    await read(client);
    expect(await read(client)).toBe('route route-down');
    clock.advance(10_000);
    expect(await read(client)).toBe('route Server.ServerProxy.AccessDenied');
    expect(await read(client)).toBe('route route-down');
    expect(alerts).toEqual([{ destination: 'cni', code: 'Server.ServerProxy.AccessDenied', route: true }]);
  });

  it('counts unknown outcomes', async () => {
    const client = bounded({ breaker });
    server.answerWith(() => restError('Server.ServerProxy.IOError', 'Read timed out'));
    for (let n = 0; n < 4; n++) await read(client);
    expect(await read(client)).toBe('transient breaker-open');
    expect(alerts).toEqual([{ destination: 'cni', code: 'Server.ServerProxy.IOError', route: false }]);
  });

  it('is not opened by refused messages, unknown people, or callers who give up', async () => {
    const client = bounded({ breaker });
    for (let n = 0; n < 5; n++) {
      server.answerWith((request) => serviceReply(request, '{}', [400, 404, 409, 422][n % 4]));
      await read(client);
      server.answerWith(() => restError('Server.ClientProxy.InternalError', 'Invalid Client Id'));
      await read(client);
      await read(client, { signal: AbortSignal.abort() });
    }
    expect(await read(client)).not.toBe('transient breaker-open');
  });

  it('leaves trouble of our own Security Server to the breaker of that one', async () => {
    const client = bounded({ breaker }, { securityServers: [{ url: await closedPort() }] });
    for (let n = 0; n < 10; n++) expect(await read(client)).toBe('transient connect-failed');
  });

  it('does not touch another destination', async () => {
    const client = bounded({ breaker });
    server.answerWith(() => restError('Server.ServerProxy.AccessDenied'));
    for (let n = 0; n < 3; n++) await read(client);
    server.answerWith((request) => serviceReply(request, '{}'));
    expect(ending(await client.rest(restWrite, context))).toBe('answer');
  });
});

describe('a destination that asks to be left alone', () => {
  it.each([
    ['with 429 from the service', 429, true],
    ['with 503 from the service', 503, true],
    ['with 503 from a box on the way', 503, false],
  ])('%s is', async (_name, status, crossed) => {
    const client = bounded({ longestRetryAfterMs: 60_000 });
    const headers = { 'Retry-After': '7' };
    server.answerWith((request) => (crossed ? serviceReply(request, '', status, headers) : { status, headers }));
    await read(client);
    server.answerWith((request) => serviceReply(request, '{}'));
    clock.advance(1_000);
    const held = await client.rest(restRead, context);
    expect([ending(held), server.received.length]).toEqual(['transient retry-after', 1]);
    expect(held).toMatchObject({ retryAfterMs: 6_000 });
    clock.advance(6_000);
    expect(await read(client)).toBe('answer');
  });

  it('for longer than the bound is asked again at the bound', async () => {
    const client = bounded({ longestRetryAfterMs: 60_000 });
    const until = new Date(clock.now().getTime() + 3_600_000).toUTCString();
    server.answerWith((request) => serviceReply(request, '', 503, { 'Retry-After': until }));
    await read(client);
    expect(await client.rest(restRead, context)).toMatchObject({ retryAfterMs: 60_000 });
  });
});

describe('opening hours', () => {
  it('hold calls back until the opening', async () => {
    const hours = { ranges: [{ from: 20 * 60, to: 6 * 60 }], timeZone: 'Africa/Dakar' };
    const client = bounded({ hours });
    const held = await client.rest(restRead, context);
    expect([ending(held), server.received.length]).toEqual(['route destination-closed', 0]);
    expect(held).toMatchObject({ retryAfterMs: 8 * 3_600_000 });
    clock.advance(8 * 3_600_000);
    expect(await read(client)).toBe('answer');
  });
});

describe('the retry budget', () => {
  it('holds later attempts back and never first ones', async () => {
    const client = bounded({ retryBudget: { share: 0.1, windowMs: 60_000, floor: 0 } });
    expect(await several(20, () => read(client))).toEqual(Array.from({ length: 20 }, () => 'answer'));
    const retries: string[] = [];
    for (let n = 0; n < 4; n++) retries.push(await read(client, { attempt: 2 + n }));
    expect(retries).toEqual(['answer', 'answer', 'transient retry-budget', 'transient retry-budget']);
    expect(await client.rest(restRead, { ...context, attempt: 2 })).toMatchObject({ retryAfterMs: 1_000 });
    expect(await read(client, { attempt: 1 })).toBe('answer');
  });
});

describe('the rate', () => {
  it('makes calls leave at their moments', async () => {
    const moments: number[] = [];
    server.answerWith((request) => {
      moments.push(clock.monotonicMs());
      return serviceReply(request, '{}');
    });
    const wait = (ms: number): Promise<void> => {
      clock.advance(ms);
      return Promise.resolve();
    };
    const client = bounded({ perSecond: 5 }, { wait });
    for (let n = 0; n < 4; n++) await read(client);
    expect(moments).toEqual([0, 200, 400, 600]);
  });

  it('sends nothing for a caller who gave up meanwhile', async () => {
    const giveUp = new AbortController();
    const wait = (): Promise<void> => {
      giveUp.abort();
      return Promise.resolve();
    };
    const client = bounded({ perSecond: 1 }, { wait });
    await read(client);
    expect(await read(client, { signal: giveUp.signal })).toBe('transient aborted-before-sending');
    expect(server.received).toHaveLength(1);
  });
});
