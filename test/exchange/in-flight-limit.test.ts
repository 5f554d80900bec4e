import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { serviceReply } from './support/answers.ts';
import { clientOf, context, restRead, restWrite } from './support/calls.ts';
import { ending } from './support/ending.ts';
import { startWireServer } from './support/wire-server.ts';
import type { Received, Reply, WireServer } from './support/wire-server.ts';

let server: WireServer;
let client: ExchangeClient;
/** Requests the server holds back, in order of arrival; calling one answers it. */
let held: (() => void)[];
let arrival: () => void;

beforeEach(async () => {
  held = [];
  arrival = () => undefined;
  server = await startWireServer();
  server.answerWith(
    (request: Received) =>
      new Promise<Reply>((resolve) => {
        held.push(() => resolve(serviceReply(request, '{}')));
        arrival();
      }),
  );
  client = clientOf([server.url], { limits: { cni: { maxInFlight: 2 }, sigicmu: { maxInFlight: 1 } } });
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

const withId = (messageId: string): typeof context => ({ ...context, messageId });

describe('the limit of a destination', () => {
  it('lets so many through and the others wait in order of arrival', async () => {
    const calls = ['1', '2', '3', '4', '5'].map((id) => client.rest(restRead, withId(id)));
    for (let answered = 0; answered < 5; answered++) {
      await until(() => held.length >= Math.min(5, answered + 2));
      expect(server.received.length).toBe(Math.min(5, answered + 2));
      held[answered]!();
      await calls[answered];
    }
    const ids = server.received.map(({ headers }) => headers['x-road-id']);
    expect(ids.slice(0, 2).sort()).toEqual(['1', '2']);
    expect(ids.slice(2)).toEqual(['3', '4', '5']);
  });

  it('is no part of the time that is recorded of a call', async () => {
    const calls = ['1', '2', '3'].map((id) => client.rest(restRead, withId(id)));
    await until(() => held.length >= 2);
    const waited = Date.now();
    while (Date.now() === waited); // the clock moves on before a place is free
    const freed = Date.now();
    held[0]?.();
    await until(() => held.length >= 3);
    for (const answer of held.slice(1)) answer();
    const [first, , third] = await Promise.all(calls);
    expect(Date.parse(first?.trace.startedAt ?? '')).toBeLessThanOrEqual(waited);
    expect(Date.parse(third?.trace.startedAt ?? '')).toBeGreaterThanOrEqual(freed);
  });

  it('does not touch another destination', async () => {
    const reads = ['1', '2', '3'].map((id) => client.rest(restRead, withId(id)));
    const write = client.rest(restWrite, withId('4'));
    await until(() => held.length === 3);
    for (const answer of held.splice(0)) answer();
    expect(ending(await write)).toBe('answer');
    await until(() => held.length === 1);
    held[0]!();
    await Promise.all(reads);
  });

  it('gives its place back whatever the end', async () => {
    const first = client.rest(restWrite, withId('1'));
    const second = client.rest(restWrite, { ...withId('2'), signal: AbortSignal.abort() });
    const third = client.rest(restWrite, withId('3'));
    await until(() => held.length === 1);
    held[0]!();
    expect(ending(await first)).toBe('answer');
    expect(ending(await second)).toBe('transient aborted-before-sending');
    await until(() => held.length === 2);
    held[1]!();
    expect(ending(await third)).toBe('answer');
  });
});
