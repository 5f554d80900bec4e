import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '../../src/domain/clock.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { restError, serviceReply, soapAnswer, soapFault, xmlReply } from './support/answers.ts';
import { clientOf, context, restRead, restWrite, soapRead } from './support/calls.ts';
import { ending } from './support/ending.ts';
import { closedPort, startWireServer } from './support/wire-server.ts';
import type { Reply, WireServer } from './support/wire-server.ts';

let first: WireServer;
let second: WireServer;
let client: ExchangeClient;
const time = { ms: 0 };
const clock: Clock = { now: () => new Date(0), monotonicMs: () => time.ms };

beforeEach(async () => {
  first = await startWireServer();
  second = await startWireServer();
  second.answerWith((request) => serviceReply(request, '{}', 201));
  client = clientOf([first.url, second.url], { clock, breaker: { failures: 3, openMs: 5_000 } });
});
afterEach(async () => {
  await client.close();
  await first.close();
  await second.close();
});

const host = (server: WireServer): string => new URL(server.url).host;

describe('another Security Server is tried', () => {
  const cases: readonly (readonly [name: string, reply: Reply])[] = [
    ['when the first cannot work', restError('Server.ClientProxy.OutdatedGlobalConf')],
    ['when the first cannot sign', restError('server.clientproxy.cannot_create_signature.signer.network_error')],
    ['when the first does not accept our certificate', restError('Server.ClientProxy.SslAuthenticationFailed')],
    ['when the first failed before it signed', restError('Server.ClientProxy.IOError', 'LoggingFailed: disk full')],
  ];
  it.each(cases)('%s', async (_name, reply) => {
    first.answerWith(() => reply);
    const result = await client.rest(restWrite, context);
    expect(ending(result)).toBe('answer');
    expect(result.trace.securityServer).toBe(host(second));
  });

  it('when nobody listens', async () => {
    const other = clientOf([await closedPort(), second.url]);
    const result = await other.rest(restWrite, context);
    await other.close();
    expect([ending(result), result.trace.securityServer]).toEqual(['answer', host(second)]);
  });

  it('for SOAP as well', async () => {
    first.answerWith(() => soapFault('server.clientproxy.global_conf_outdated'));
    second.answerWith((request) => xmlReply(soapAnswer(request)));
    expect(ending(await client.soap(soapRead, context))).toBe('answer');
  });

  it('and when all fail, the last one speaks', async () => {
    first.answerWith(() => restError('Server.ClientProxy.OutdatedGlobalConf'));
    second.answerWith(() => restError('Server.ClientProxy.SslAuthenticationFailed'));
    expect(ending(await client.rest(restWrite, context))).toBe('route Server.ClientProxy.SslAuthenticationFailed');
  });
});

describe('no other Security Server is tried', () => {
  const cases: readonly (readonly [name: string, reply: Reply])[] = [
    ['when the outcome is unknown', restError('Server.ClientProxy.IOError', 'Read timed out')],
    ['when the first could not log', restError('Server.ClientProxy.LoggingFailed')],
    ['when rights are missing', restError('Server.ServerProxy.AccessDenied')],
    ['when the provider is in maintenance', restError('Server.ClientProxy.MaintenanceMode')],
    [
      'when the provider cannot be reached',
      restError('Server.ClientProxy.NetworkError', 'Could not connect to any target host'),
    ],
    ['when the message is malformed', restError('Server.ClientProxy.InternalError', 'Invalid Client Id')],
    ['when a box on the way answers', { status: 503 }],
  ];
  it.each(cases)('%s', async (_name, reply) => {
    first.answerWith(() => reply);
    const result = await client.rest(restWrite, context);
    expect(result.kind).not.toBe('answer');
    expect(result.trace.securityServer).toBe(host(first));
    expect(second.received).toHaveLength(0);
  });
});

describe('a Security Server that keeps failing', () => {
  const outdated = (): Reply => restError('Server.ClientProxy.OutdatedGlobalConf');

  async function fail(times: number): Promise<void> {
    for (let n = 0; n < times; n++) await client.rest(restRead, context);
  }

  it('is left alone after so many failures in a row', async () => {
    first.answerWith(outdated);
    await fail(8);
    expect([first.received.length, second.received.length]).toEqual([3, 8]);
  });

  it('is tried by one call once the time is up, and taken back when that works', async () => {
    first.answerWith(outdated);
    await fail(3);
    time.ms += 5_000;
    first.answerWith((request) => serviceReply(request, '{}'));
    await fail(3);
    expect([first.received.length, second.received.length]).toEqual([6, 3]);
  });

  it('is left alone again when the trial fails', async () => {
    first.answerWith(outdated);
    await fail(3);
    time.ms += 5_000;
    await fail(4);
    expect([first.received.length, second.received.length]).toEqual([4, 7]);
  });

  it('is not blamed for failures with a success between them', async () => {
    for (let n = 0; n < 4; n++) {
      first.answerWith(outdated);
      await fail(2);
      first.answerWith((request) => serviceReply(request, '{}'));
      await fail(1);
    }
    expect(first.received).toHaveLength(12);
  });

  it.each([
    ['a failure to log', restError('Server.ClientProxy.LoggingFailed')],
    ['a page of a box in front of it', { status: 503, headers: { 'Content-Type': 'text/html' }, body: '<html>' }],
  ])('is left alone after %s as well, though those calls are not moved', async (_name, reply) => {
    first.answerWith(() => reply);
    await fail(4);
    expect([first.received.length, second.received.length]).toEqual([3, 1]);
  });

  it('is left alone after connections that break, though those calls are not moved', async () => {
    first.answerWith(() => {
      throw new Error('the server drops this connection');
    });
    await fail(4);
    expect([first.received.length, second.received.length]).toEqual([3, 1]);
  });

  it('is not cleared by a call that was given up before it was sent', async () => {
    first.answerWith(outdated);
    await fail(2);
    await client.rest(restRead, { ...context, signal: AbortSignal.abort() });
    await fail(2);
    expect(first.received).toHaveLength(3);
  });

  it('alone is not left alone for outcomes nobody knows: there is no other to go to', async () => {
    first.answerWith(() => ({ status: 503, headers: { 'Content-Type': 'text/html' }, body: '<html>' }));
    const alone = clientOf([first.url], { clock, breaker: { failures: 2, openMs: 5_000 } });
    for (let n = 0; n < 6; n++) await alone.rest(restRead, { ...context, messageId: `m-${n}` });
    await alone.close();
    expect(first.received).toHaveLength(6);
  });

  it('is not blamed for the silence of a provider', async () => {
    first.answerWith(() => restError('Server.ServerProxy.IOError', 'Read timed out'));
    await fail(6);
    expect([first.received.length, second.received.length]).toEqual([6, 0]);
  });

  it('for its certificate stays a fault of the route, which costs nobody an attempt', async () => {
    first.answerWith(() => restError('Server.ClientProxy.SslAuthenticationFailed'));
    const alone = clientOf([first.url], { clock, breaker: { failures: 2, openMs: 5_000 } });
    for (let n = 0; n < 2; n++) await alone.rest(restRead, context);
    const result = await alone.rest(restRead, context);
    await alone.close();
    expect(first.received).toHaveLength(2);
    expect(ending(result)).toBe('route Server.ClientProxy.SslAuthenticationFailed');
    expect(result).toMatchObject({ retryAfterMs: 5_000, trace: { errorDetailId: null, securityServer: null } });
  });

  it('when all are like that, says so at once and when to come back', async () => {
    const alone = clientOf([await closedPort()], { clock, breaker: { failures: 2, openMs: 5_000 } });
    for (let n = 0; n < 2; n++) await alone.rest(restRead, context);
    time.ms += 1_000;
    const result = await alone.rest(restRead, context);
    await alone.close();
    expect(ending(result)).toBe('transient no-security-server');
    expect(result).toMatchObject({ retryAfterMs: 4_000, trace: { securityServer: null } });
  });
});
