/**
 * What every adapter owes the steps, whatever its partner: one message a call, its id on the wire, the evidence back,
 * definite refusals, an unknown outcome wherever the truth is not known, and nothing personal outside the value.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CallContext, CallResult } from '../../src/domain/partner-call.ts';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { attempt, exchangeWith } from './exchange.ts';
import { type ScriptedReply, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

/** One operation of the adapter, and what its service may answer. */
export interface ContractOperation {
  readonly name: string;
  readonly kind: 'read' | 'write';
  /** Calls the adapter with arguments that carry `personalData`. */
  readonly invoke: (exchange: ExchangeClient, call: CallContext) => Promise<CallResult<unknown>>;
  readonly good: ScriptedReply;
  /** Business answers that are a definite no, by the adapter's code. */
  readonly refusals: Readonly<Record<string, ScriptedReply>>;
  /** Answers outside the contract, by what is wrong with them. */
  readonly unusable: Readonly<Record<string, ScriptedReply>>;
}

export interface PartnerContract {
  readonly protocol: 'rest' | 'soap';
  /** Its name in configuration. */
  readonly destination: string;
  readonly operations: readonly ContractOperation[];
  /** Texts of the arguments and answers that must not be found in a trace, a code or a path. */
  readonly personalData: readonly string[];
}

/** A service's REST answer. */
export function service(status: number, body: unknown, headers: Record<string, string> = {}): ScriptedReply {
  return { kind: 'service', status, body: typeof body === 'string' ? body : JSON.stringify(body), headers };
}

/** A service's REST problem; what it says to people is full of what must not be kept. */
export function problem(status: number, code: string, personal = 'Awa Coumba NDIAYE 1K05198700123'): ScriptedReply {
  return service(
    status,
    { type: 'about:blank', title: personal, status, code },
    { 'Content-Type': 'application/problem+json' },
  );
}

/** Every failure an exchange may report, as `[code, what it must become]`; both spellings are tried. */
const EXCHANGE_ERRORS = [
  ['Server.ServerProxy.AccessDenied', 'not-processed', 'route'],
  ['Server.ClientProxy.UnknownMember', 'not-processed', 'route'],
  ['Server.ServerProxy.IOError', 'unknown', undefined],
] as const;

/** What a status of the service itself becomes when its body says nothing, `[status, read, write]`. */
const SERVICE_STATUSES = [
  [400, 'message', 'message'],
  [401, 'route', 'route'],
  [403, 'route', 'route'],
  [404, 'route', 'route'],
  [405, 'route', 'route'],
  [409, 'unknown', 'unknown'],
  [422, 'message', 'message'],
  [429, 'transient', 'transient'],
  [500, 'unknown', 'unknown'],
  [502, 'unknown', 'unknown'],
  [503, 'transient', 'unknown'],
  [504, 'unknown', 'unknown'],
  [202, 'unknown', 'unknown'],
  [204, 'unknown', 'unknown'],
] as const;

/** Runs the suite. Every adapter must pass it before it is wired. */
export function describePartnerContract(name: string, contract: PartnerContract): void {
  describe(`${name}: the contract of every partner`, () => {
    let server: ScriptedServer;
    let exchange: ExchangeClient;
    beforeAll(async () => {
      server = await startScriptedServer();
      exchange = exchangeWith(server.url);
    });
    afterAll(async () => {
      await exchange.close();
      await server.stop();
    });

    describe.each(contract.operations.map((operation) => ({ ...operation, operation })))('$name', ({ operation }) => {
      /** Makes one call, and holds it to what is true of every call. */
      const called = async (reply: ScriptedReply): Promise<CallResult<unknown>> => {
        server.answerWith(reply);
        const call = attempt();
        const result = await operation.invoke(exchange, call);
        expect(server.received).toHaveLength(1);
        expect(result.trace).toMatchObject({ messageId: call.messageId, destination: contract.destination });
        expect(result.trace.securityServer).toBe(new URL(server.url).host);
        const { target } = server.received[0]!;
        const kept = JSON.stringify(result.kind === 'answer' ? result.trace : result);
        expect(contract.personalData.filter((text) => kept.includes(text) || decoded(target).includes(text))).toEqual(
          [],
        );
        return result;
      };
      testExchange(
        operation,
        called,
        () => server,
        () => exchange,
      );
      testMeanings(operation, called);
      if (contract.protocol === 'rest') testStatuses(operation, called);
      testAnything(contract.protocol, called);
    });
  });
}

type Called = (reply: ScriptedReply) => Promise<CallResult<unknown>>;

function testExchange(
  operation: ContractOperation,
  called: Called,
  server: () => ScriptedServer,
  exchange: () => ExchangeClient,
): void {
  it('sends the message id and the case, and gives the evidence back', async () => {
    server().answerWith(operation.good);
    const call = attempt();
    const result = await operation.invoke(exchange(), call);
    expect(result.kind).toBe('answer');
    expect(result.trace.httpStatus).toBeGreaterThanOrEqual(200);
    expect(result.trace.requestHash).toMatch(/^[\w+/]{86}==$/);
    expect(server().received.map(sentIdAndIssue)).toEqual([[call.messageId, call.issue]]);
  });

  it('sends a new message for every attempt', async () => {
    server().answerWith(operation.good);
    await operation.invoke(exchange(), attempt());
    await operation.invoke(exchange(), attempt());
    expect(new Set(server().received.map((request) => sentIdAndIssue(request)[0])).size).toBe(2);
  });

  it('does not know what became of a lost answer', async () => {
    expect((await called({ kind: 'lost' })).kind).toBe('unknown');
    expect((await called({ kind: 'cut', of: operation.good })).kind).toBe('unknown');
  });

  it(operation.kind === 'read' ? 'gives up a read that has left' : 'never gives up a write that has left', async () => {
    const held = server().holdThenAnswerWith(operation.good);
    const patience = new AbortController();
    const result = operation.invoke(exchange(), { ...attempt(), signal: patience.signal });
    await held.arrived;
    patience.abort();
    if (operation.kind === 'read') {
      expect(await result).toMatchObject({ kind: 'unknown', code: 'aborted' });
      held.release();
    } else {
      held.release();
      expect((await result).kind).toBe('answer');
    }
  });

  it('takes no answer meant for another message', async () => {
    expect((await called({ kind: 'swapped', of: operation.good })).kind).toBe('unknown');
  });

  it.each(EXCHANGE_ERRORS)('passes %s on, in both spellings', async (code, kind, failure) => {
    for (const spelling of [code, snakeCase(code)]) {
      const result = await called({ kind: 'xroad-error', code: spelling, message: 'Awa Coumba NDIAYE' });
      expect(result).toMatchObject(failure === undefined ? { kind } : { kind, failure });
    }
  });

  it('keeps the number under which a Security Server logged its error', async () => {
    const result = await called({ kind: 'xroad-error', code: 'Server.ServerProxy.AccessDenied', message: '' });
    expect(result.trace.errorDetailId).toBe('b5c0e6f4-0d0b-4f1c-8f0e-2a9d1c3e4f55');
  });
}

function testMeanings(operation: ContractOperation, called: Called): void {
  for (const [code, reply] of Object.entries(operation.refusals)) {
    it(`is definite about the refusal ${code}`, async () => {
      expect(await called(reply)).toMatchObject({ kind: 'refusal', code });
    });
  }

  it.each(Object.entries(operation.unusable))('makes no guess: %s', async (_, reply) => {
    const result = await called(reply);
    expect(result.kind).toBe('unknown');
    expect(result.kind === 'answer' ? '' : result.code).toMatch(/^[A-Za-z0-9-_.]+$/);
  });
}

function testStatuses(operation: ContractOperation, called: Called): void {
  it.each(SERVICE_STATUSES)('gives a bare %d its class', async (status, read, write) => {
    const expected = operation.kind === 'read' ? read : write;
    const result = await called(service(status, status === 204 ? '' : { message: 'Awa Coumba NDIAYE' }));
    expect(result.kind === 'not-processed' ? result.failure : result.kind).toBe(expected);
  });

  it('waits as long as the service asks', async () => {
    expect(await called(service(429, {}, { 'Retry-After': '7' }))).toMatchObject({ retryAfterMs: 7_000 });
    expect(await called(service(403, {}, { 'Retry-After': '7' }))).not.toHaveProperty('retryAfterMs');
  });

  it('takes no accepted request for a done one', async () => {
    const { good } = operation;
    if (good.kind !== 'service') throw new TypeError('a REST operation has a REST answer');
    expect((await called({ ...good, status: 202 })).kind).toBe('unknown');
  });

  for (const [code, reply] of Object.entries(operation.refusals)) {
    it(`does not believe the refusal ${code} with a status 500`, async () => {
      if (reply.kind !== 'service') throw new TypeError('a REST operation has a REST answer');
      expect((await called({ ...reply, status: 500 })).kind).toBe('unknown');
    });
  }
}

function testAnything(protocol: 'rest' | 'soap', called: Called): void {
  const reply: fc.Arbitrary<ScriptedReply> =
    protocol === 'rest'
      ? fc.oneof(fc.json(), fc.string()).map((body) => service(200, body))
      : fc.json().map((text) => ({ kind: 'soap', response: `<x>${escaped(text)}</x>` }));
  it('survives any body and makes no answer of it', async () => {
    await fc.assert(
      fc.asyncProperty(reply, async (anything) => {
        expect((await called(anything)).kind).toBe('unknown');
      }),
      { numRuns: 100 },
    );
  });
}

function sentIdAndIssue({ headers, body }: ScriptedServer['received'][number]): readonly unknown[] {
  if (headers['x-road-id'] !== undefined) return [headers['x-road-id'], headers['x-road-issue']];
  return ['id', 'issue'].map((name) => new RegExp(`<xrd:${name}>([^<]*)<`).exec(body)?.[1]);
}

/** `Server.ServerProxy.AccessDenied` as versions from 7.8 on spell it: `server.serverproxy.access_denied`. */
function snakeCase(code: string): string {
  const [first = '', second = '', ...words] = code.split('.');
  const spelled = words.map((word) => word.replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3_$2'));
  return [first, second, ...spelled].join('.').toLowerCase();
}

function escaped(text: string): string {
  return text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '').replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function decoded(target: string): string {
  return decodeURIComponent(target.replaceAll('+', ' '));
}
