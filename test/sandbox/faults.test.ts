import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Fault, FaultRule } from '../../fixtures/sandbox/faults/fault-rule.ts';
import { createProcessingTime } from '../../fixtures/sandbox/security-server/processing-time.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { registration, smallCountry } from './small-country.ts';
import { envelope, faultCode, soap } from './soap-text.ts';
import { type Answer, CLIENT, CNI, register, rest, SIGICMU } from './wire.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.stop());

const start = async (faults: readonly FaultRule[], change: Partial<SandboxOptions> = {}): Promise<void> => {
  sandbox = await startSandbox({ registries: smallCountry, seed: 1, faults, ...change });
};
const ioError: Fault = { kind: 'xroad-error', code: 'Server.ServerProxy.IOError', message: 'Read timed out' };
const onRegister = (fault: Fault, change: Partial<FaultRule> = {}): FaultRule => ({
  service: 'sigicmu',
  operation: 'enregistrerAdhesion',
  rate: 1,
  when: 'after',
  attempts: 'first',
  fault,
  ...change,
});
const lookup = (nin: number): Promise<Answer> =>
  rest(sandbox.url, `${CNI}/v1/titulaires/recherche`, { numeroCni: String(nin) });

describe('who is hit', () => {
  const rule: FaultRule = { service: 'cni', rate: 0.3, when: 'before', fault: ioError };
  const people = Array.from({ length: 60 }, (_, index) => 1000 + index);
  const night = async (
    order: readonly number[],
    change: Partial<SandboxOptions> = {},
  ): Promise<Map<string, boolean>> => {
    await start([rule], change);
    const hit = new Map<string, boolean>();
    const attempts = new Map<number, number>();
    for (const person of order) {
      const attempt = (attempts.get(person) ?? 0) + 1;
      attempts.set(person, attempt);
      hit.set(`${person}#${attempt}`, (await lookup(person)).headers['x-road-error'] !== undefined);
    }
    await sandbox.stop();
    return new Map([...hit].sort(([left], [right]) => left.localeCompare(right)));
  };

  it('depends on seed, person and attempt, not on the order of calls', async () => {
    const rounds = [...people, ...people];
    const once = await night(rounds);
    expect(await night(people.toReversed().flatMap((person) => [person, person]))).toEqual(once);
    expect(await night(rounds, { seed: 2 })).not.toEqual(once);
    const share = [...once.values()].filter(Boolean).length / once.size;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.45);
    expect(people.some((person) => once.get(`${person}#1`) !== once.get(`${person}#2`))).toBe(true);
  });

  it('is not moved by another rule', async () => {
    const alone = await night(people);
    const unrelated: FaultRule = { service: 'sigicmu', rate: 1, when: 'before', fault: ioError };
    expect(await night(people, { faults: [unrelated, rule] })).toEqual(alone);
  });

  it('stops after the attempts a rule names', async () => {
    await start([{ ...rule, rate: 1, attempts: 2 }]);
    const statuses = [];
    for (let attempt = 0; attempt < 4; attempt++) statuses.push((await lookup(1)).status);
    expect(statuses).toEqual([500, 500, 404, 404]);
  });

  it('can be one operation of one service', async () => {
    await start([{ service: 'sigicmu', operation: 'rechercherAdhesion', rate: 1, when: 'before', fault: ioError }]);
    expect((await rest(sandbox.url, `${SIGICMU}/v1/adhesions/recherche`, { reference: 'x' })).status).toBe(500);
    expect((await rest(sandbox.url, `${SIGICMU}/v1/adhesions?campagne=x`)).status).toBe(200);
    expect((await lookup(1)).status).toBe(404);
  });
});

describe('before and after the service ran', () => {
  it.each(['before', 'after'] as const)('gives the same answer, and only the ledger knows: %s', async (when) => {
    await start([onRegister(ioError, { when })]);
    const first = await register(sandbox.url, registration());
    expect([first.status, first.json.type, first.json.message]).toEqual([
      500,
      'Server.ServerProxy.IOError',
      'Read timed out',
    ]);
    expect(sandbox.ledger()).toHaveLength(when === 'after' ? 1 : 0);
    const second = await register(sandbox.url, registration());
    expect(second.status).toBe(when === 'after' ? 200 : 201);
    expect(sandbox.ledger()).toHaveLength(1);
  });

  it('shows the status of the service with its marks, before it did anything', async () => {
    const busy: Fault = { kind: 'service-status', status: 503, retryAfterSeconds: 7 };
    await start([onRegister(busy, { when: 'before' })]);
    const answer = await register(sandbox.url, registration());
    expect([answer.status, answer.headers['retry-after'], answer.json.code]).toEqual([503, '7', 'PANNE_SIMULEE']);
    expect(answer.headers['x-road-request-hash']).toBeDefined();
    expect(sandbox.ledger()).toHaveLength(0);
  });

  it.each([
    [204, undefined],
    [302, 'https://portail.example/connexion'],
  ])('passes a status %i of the service on untouched, without a body', async (status, location) => {
    await start([onRegister({ kind: 'service-status', status })]);
    const answer = await register(sandbox.url, registration());
    expect([answer.status, answer.headers.location, answer.bytes.length]).toEqual([status, location, 0]);
    expect(answer.headers['x-road-request-hash']).toBeDefined();
  });

  it('carries a late effect out after the client was told of a time-out', async () => {
    await start([onRegister({ kind: 'late-effect', delayMs: 60_000, answer: 'read-timed-out' })]);
    const answer = await register(sandbox.url, registration());
    expect(answer.json.type).toBe('Server.ServerProxy.IOError');
    const looked = await rest(sandbox.url, `${SIGICMU}/v1/adhesions/recherche`, {
      reference: 'PNBSF-2026:SN-04120199-7/1',
    });
    expect(looked.status).toBe(404);
    expect(sandbox.ledger()).toHaveLength(0);
    await sandbox.stop();
    expect(sandbox.ledger()).toHaveLength(1);
  });

  it('does not register twice when the late request finds the repeated one done', async () => {
    await start([onRegister({ kind: 'late-effect', delayMs: 60_000, answer: 'close' })]);
    await expect(register(sandbox.url, registration())).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await register(sandbox.url, registration())).status).toBe(201);
    await sandbox.stop();
    expect(sandbox.ledger()).toHaveLength(1);
  });

  it('finishes what it has taken in when it is stopped', async () => {
    await start([], { latency: { sigicmu: { fixedMs: 50_000 } } });
    const both = [register(sandbox.url, registration()), register(sandbox.url, registration())];
    // The refusal of the second proves that the first is being worked on.
    expect((await Promise.race(both)).json.code).toBe('DEMANDE_EN_COURS');
    await sandbox.stop();
    const ends = await Promise.allSettled(both);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(sandbox.ledger()).toHaveLength(1);
  });
});

describe('requests that go wrong by themselves', () => {
  it('never reach the service when the upload breaks off', async () => {
    await start([]);
    const body = JSON.stringify(registration());
    const head =
      `POST ${SIGICMU}/v1/adhesions HTTP/1.1\r\nHost: x\r\nX-Road-Client: ${CLIENT}\r\n` +
      `Idempotency-Key: "PNBSF-2026:SN-04120199-7/1"\r\nContent-Length: ${Buffer.byteLength(body) + 1}\r\n\r\n`;
    const socket = net.connect(sandbox.port, '127.0.0.1');
    await new Promise<void>((resolve, reject) =>
      socket.write(head + body, (error) => (error ? reject(error) : resolve())),
    );
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.resume().end();
    await closed;
    await sandbox.stop();
    expect(sandbox.ledger()).toHaveLength(0);
  });

  it('are carried out and answered with an error when their id is empty', async () => {
    await start([]);
    const headers = { 'X-Road-Id': '', 'Idempotency-Key': '"PNBSF-2026:SN-04120199-7/1"' };
    const answer = await rest(sandbox.url, `${SIGICMU}/v1/adhesions`, registration(), headers);
    expect([answer.status, answer.json.type]).toEqual([500, 'Server.ClientProxy.InternalError']);
    expect(sandbox.ledger()).toHaveLength(1);
  });
});

describe('services that take their time', () => {
  const people = Array.from({ length: 40 }, (_, index) => `person-${index}`);

  it('take the same time for the same person, within their model', () => {
    const slow = { rate: 0.25, extraMs: 1_000 };
    const times = (seed: number): number[] => {
      const model = createProcessingTime(seed, { cni: { fixedMs: 100, jitterMs: 50, slow } });
      return people.map((person) => model.of('cni', person));
    };
    expect(times(1)).toEqual(times(1));
    expect(times(2)).not.toEqual(times(1));
    const quick = times(1).filter((time) => time < 1_000);
    expect(quick.every((time) => time >= 100 && time < 150)).toBe(true);
    expect(times(1).filter((time) => time >= 1_100 && time < 1_150).length).toBe(people.length - quick.length);
    expect(quick.length).toBeGreaterThan(20);
    expect(quick.length).toBeLessThan(40);
    expect(createProcessingTime(1, {}).of('cni', 'x')).toBe(0);
  });

  it('are given up by the Security Server and finish all the same', async () => {
    await start([], { latency: { sigicmu: { fixedMs: 60_000 } }, providerTimeoutMs: 20 });
    const answer = await register(sandbox.url, registration());
    expect([answer.json.type, answer.json.message]).toEqual(['Server.ServerProxy.IOError', 'Read timed out']);
    expect((await register(sandbox.url, registration())).json.code).toBe('DEMANDE_EN_COURS');
    expect(sandbox.ledger()).toHaveLength(0);
    await sandbox.stop();
    expect(sandbox.ledger()).toHaveLength(1);
  });
});

describe('calls', () => {
  it('are kept in the order of arrival when asked for, with what hit them', async () => {
    const rule = onRegister(ioError);
    await start([rule], { recordCalls: true });
    await register(sandbox.url, registration());
    const act = '<numeroExtrait>1987-0456</numeroExtrait>';
    await soap(sandbox.url, envelope(act));
    await rest(sandbox.url, `${CNI}/v1/titulaires/recherche`, { numeroCni: '1' }, { 'X-Road-Issue': 'dossier-1' });
    const seen = { messageId: 'msg-1', securityServer: 1, issue: null, rule: null };
    expect(sandbox.calls()).toEqual([
      {
        ...seen,
        service: 'sigicmu',
        operation: 'enregistrerAdhesion',
        reference: 'PNBSF-2026:SN-04120199-7/1',
        rule,
      },
      {
        ...seen,
        service: 'etat-civil',
        operation: 'verifierNaissance',
        reference: '1987-0456',
        messageId: '3f1c7a90-5b1d-4e2a-9c44-7d0f6a2b1e55',
        issue: 'PNBSF-2026-000123',
      },
      { ...seen, service: 'cni', operation: 'rechercherTitulaire', reference: '1', issue: 'dossier-1' },
    ]);
  });

  it('are forgotten otherwise', async () => {
    await start([]);
    await lookup(1);
    expect(sandbox.calls()).toEqual([]);
  });
});

describe('faults over SOAP', () => {
  const onActs = (fault: Fault): FaultRule => ({ service: 'etat-civil', rate: 1, when: 'before', fault });
  const ask = (): Promise<Answer> => soap(sandbox.url, envelope('<numeroExtrait>1987-0456</numeroExtrait>'));

  it('come as faults with status 200', async () => {
    await start([onActs({ kind: 'xroad-error', code: 'Server.ServerProxy.ServiceFailed.HttpError', message: null })]);
    const answer = await ask();
    expect([answer.status, faultCode(answer)]).toEqual([200, 'Server.ServerProxy.ServiceFailed.HttpError']);
    expect(answer.text).toContain('<faultstring></faultstring>');
  });

  it.each([
    [500, 'soap:Server'],
    [503, 'Server.ServerProxy.ServiceFailed.HttpError'],
  ])('turn a status %i of the service into %s', async (status, code) => {
    await start([onActs({ kind: 'service-status', status })]);
    expect(faultCode(await ask())).toBe(code);
  });
});
