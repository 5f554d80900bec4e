import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ExchangeClient } from '../../../src/exchange/exchange-client.ts';
import { serviceReply } from '../support/answers.ts';
import { clientOf, context, restRead, restWrite } from '../support/calls.ts';
import { ending } from '../support/ending.ts';
import { startWireServer } from '../support/wire-server.ts';
import type { Received, Reply, WireServer } from '../support/wire-server.ts';

let server: WireServer;
let client: ExchangeClient;
let paused: Set<string>;
/** Answers the server holds back, in order of arrival. */
let held: ((status: number) => void)[];
let arrival: () => void;
let atOnce: number;
let mostAtOnce: number;

const CEILING = 8;

beforeEach(async () => {
  paused = new Set();
  held = [];
  arrival = () => undefined;
  atOnce = 0;
  mostAtOnce = 0;
  server = await startWireServer();
  server.answerWith((request: Received) => {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    return new Promise<Reply>((resolve) => {
      held.push((status) => {
        atOnce--;
        resolve(serviceReply(request, '{}', status));
      });
      arrival();
    });
  });
  client = clientOf([server.url], {
    limits: {
      cni: { maxInFlight: CEILING, adaptive: { slowFactor: 3, negligibleMs: 60_000 } },
      sigicmu: { maxInFlight: 1 },
    },
    isPaused: (destination) => paused.has(destination),
  });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    arrival = () => {
      if (condition()) resolve();
    };
    arrival();
  });
}

describe('calls in flight', () => {
  it('never exceed the ceiling, halve when the destination is overloaded, and rise again', async () => {
    const calls = Array.from({ length: 100 }, () => client.rest(restRead, context));
    await until(() => held.length === CEILING);
    // The whole first flight is refused: one overload, one halving.
    for (const answer of held.splice(0)) answer(503);
    await Promise.all(calls.slice(0, CEILING));
    await until(() => held.length === CEILING / 2);
    expect(atOnce).toBe(CEILING / 2);

    // A window of twenty answers brings one more place.
    for (let n = 0; n < 20; n++) {
      await until(() => held.length === CEILING / 2);
      held.shift()!(200);
    }
    await until(() => held.length === CEILING / 2 + 1);

    for (let left = 100 - CEILING - 20; left > 0; left--) {
      await until(() => held.length > 0);
      held.shift()!(200);
    }
    await Promise.all(calls);
    expect(mostAtOnce).toBe(CEILING);
    expect(server.received).toHaveLength(100);
  });
});

describe('a paused destination', () => {
  it('is sent nothing, and another one is', async () => {
    paused.add('cni');
    const result = await client.rest(restRead, context);
    expect(ending(result)).toBe('route destination-paused');
    expect(result).not.toHaveProperty('retryAfterMs');
    expect(server.received).toHaveLength(0);
    const write = client.rest(restWrite, context);
    await until(() => held.length === 1);
    held[0]!(200);
    expect(ending(await write)).toBe('answer');
  });

  it('lets a write under way end and sends none of those that waited', async () => {
    const writes = [1, 2, 3].map(() => client.rest(restWrite, context));
    await until(() => held.length === 1);
    paused.add('sigicmu');
    held[0]!(200);
    expect((await Promise.all(writes)).map(ending)).toEqual([
      'answer',
      'route destination-paused',
      'route destination-paused',
    ]);
    expect(server.received).toHaveLength(1);
  });

  it('is called again once resumed', async () => {
    paused.add('sigicmu');
    await client.rest(restWrite, context);
    paused.clear();
    const write = client.rest(restWrite, context);
    await until(() => held.length === 1);
    held[0]!(200);
    expect(ending(await write)).toBe('answer');
  });
});
