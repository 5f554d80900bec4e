import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { echoHeaders, restError, serviceReply, soapFault } from './support/answers.ts';
import type { Headers } from './support/answers.ts';
import { clientOf, context, restRead, restWrite } from './support/calls.ts';
import { ending } from './support/ending.ts';
import { startWireServer } from './support/wire-server.ts';
import type { Received, Reply, WireServer } from './support/wire-server.ts';

let server: WireServer;
let client: ExchangeClient;

beforeAll(async () => {
  server = await startWireServer();
  // One Security Server and a breaker that never opens: here every case stands alone.
  client = clientOf([server.url], { breaker: { failures: 1_000_000, openMs: 1 } });
});
afterAll(async () => {
  await client.close();
  await server.close();
});

type Case = readonly [name: string, reply: (request: Received) => Reply, read: string, write?: string];

/** Runs each case as a read and as a write; a write ends as the read unless the case says otherwise. */
function holds(cases: readonly Case[]): void {
  const complete = cases.map(([name, reply, read, write = read]) => ({ name, reply, read, write }));
  it.each(complete)('$name', async ({ reply, read, write }) => {
    server.answerWith(reply);
    expect(ending(await client.rest(restRead, context))).toBe(read);
    expect(ending(await client.rest(restWrite, context))).toBe(write);
  });
}

function withHeaders(request: Received, changed: Readonly<Record<string, string | readonly string[] | null>>): Reply {
  const headers: Headers = { 'Content-Type': 'application/json', ...echoHeaders(request) };
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) Reflect.deleteProperty(headers, name);
    else headers[name] = value;
  }
  return { headers, body: '{}' };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe("the service's own answer, whatever its status", () => {
  holds([
    ...[200, 201, 204, 302, 304, 400, 401, 404, 409, 422, 429, 500, 502, 503].map((status): Case => [
      `status ${status}`,
      (request) => serviceReply(request, '', status),
      'answer',
    ]),
    [
      'an X-Road-Error forged by the service',
      (request) => serviceReply(request, '{}', 500, { 'X-Road-Error': 'Server.ServerProxy.AccessDenied' }),
      'answer',
    ],
    [
      'a SOAP fault as the body of a REST service',
      (request) => serviceReply(request, String(soapFault('soap:Server').body), 500, { 'Content-Type': 'text/xml' }),
      'answer',
    ],
    [
      'a service header X-Road-Service before the real one',
      (request) =>
        withHeaders(request, {
          'x-road-service': ['SN/GOV/FORGED/x/y', String(echoHeaders(request)['x-road-service'])],
        }),
      'answer',
    ],
    [
      'an echo encoded otherwise',
      (request) => withHeaders(request, { 'x-road-client': 'SN/%47OV/ANACMU/enrolement' }),
      'answer',
    ],
    ['no request id', (request) => withHeaders(request, { 'x-road-request-id': null }), 'answer'],
    ['a byte order mark', (request) => serviceReply(request, '\ufeff{}'), 'answer'],
    [
      'ISO-8859-1, declared',
      (request) =>
        serviceReply(request, Buffer.from('{"nom":"SÈNE"}', 'latin1'), 200, {
          'Content-Type': 'application/json; charset=ISO-8859-1',
        }),
      'answer',
    ],
    [
      'ISO-8859-1, undeclared',
      (request) => serviceReply(request, Buffer.from('{"nom":"SÈNE"}', 'latin1')),
      'unknown unreadable-answer.charset',
    ],
    [
      'a charset nobody knows',
      (request) => serviceReply(request, '{}', 200, { 'Content-Type': 'application/json; charset=klingon' }),
      'unknown unreadable-answer.charset',
    ],
  ]);
});

describe('an echo that is not ours', () => {
  const violation = 'unknown protocol-violation.EchoMismatch';
  holds([
    [
      'another id',
      (request) => withHeaders(request, { 'x-road-id': '00000000-0000-0000-0000-000000000000' }),
      violation,
    ],
    [
      'our id in other case',
      (request) => withHeaders(request, { 'x-road-id': context.messageId.toUpperCase() }),
      violation,
    ],
    ['no id', (request) => withHeaders(request, { 'x-road-id': null }), violation],
    ['another client', (request) => withHeaders(request, { 'x-road-client': 'SN/GOV/ANACMU/autre' }), violation],
    ['no client', (request) => withHeaders(request, { 'x-road-client': null }), violation],
    ['a client in broken encoding', (request) => withHeaders(request, { 'x-road-client': 'SN/%ZZ/A/b' }), violation],
    ['another service', (request) => withHeaders(request, { 'x-road-service': 'SN/GOV/DAF/cni/autre' }), violation],
    [
      'a service without subsystem',
      (request) => withHeaders(request, { 'x-road-service': 'SN/GOV/DAF/cni' }),
      violation,
    ],
    [
      'a service in other case',
      (request) =>
        withHeaders(request, { 'x-road-service': String(echoHeaders(request)['x-road-service']).toLowerCase() }),
      violation,
    ],
    ['no service', (request) => withHeaders(request, { 'x-road-service': null }), violation],
  ]);
});

describe('an error of a Security Server', () => {
  holds([
    ['rights missing', () => restError('Server.ServerProxy.AccessDenied'), 'route Server.ServerProxy.AccessDenied'],
    [
      'rights missing, new spelling, mixed versions',
      () => restError('server.serverproxy.access_denied', 'x', 400),
      'route Server.ServerProxy.AccessDenied',
    ],
    [
      'our own Security Server out of date',
      () => restError('Server.ClientProxy.OutdatedGlobalConf', 'Global configuration is expired'),
      'transient Server.ClientProxy.OutdatedGlobalConf',
    ],
    [
      'the same, new spelling with its words reversed',
      () => restError('server.clientproxy.global_conf_outdated', null),
      'transient Server.ClientProxy.OutdatedGlobalConf',
    ],
    [
      'no answer of the service',
      () => restError('Server.ServerProxy.IOError', 'Read timed out'),
      'unknown Server.ServerProxy.IOError',
    ],
    [
      'never connected to the service',
      () => restError('server.serverproxy.network_error', 'Connect to a:8080 [a/10.20.0.7] failed: Connection refused'),
      'transient Server.ServerProxy.NetworkError',
    ],
    [
      'a malformed request',
      () => restError('Server.ClientProxy.InternalError', 'Invalid request URI'),
      'message Server.ClientProxy.InternalError',
    ],
    [
      'message null',
      () => restError('Server.ClientProxy.InternalError', null),
      'unknown Server.ClientProxy.InternalError',
    ],
    [
      'a code of tomorrow',
      () => restError('server.serverproxy.quantum_noise'),
      'unknown Server.ServerProxy.quantumnoise',
    ],
    ['a code without origin', () => restError('AccessDenied'), 'unknown AccessDenied'],
    ['a code that is none', () => restError('Awa NDIAYE 1751198700123'), 'unknown unrecognised-code'],
    [
      'a status 200 all the same',
      () => restError('Server.ServerProxy.UnknownService', 'x', 200),
      'route Server.ServerProxy.UnknownService',
    ],
    [
      'described in XML',
      () => ({
        status: 500,
        headers: { 'Content-Type': 'text/xml', 'X-Road-Error': 'Server.ServerProxy.IOError' },
        body: '<error><type>Server.ServerProxy.IOError</type><message>Connect to a:1 [a/10.0.0.1] failed: x</message><detail>d</detail></error>',
      }),
      'transient Server.ServerProxy.IOError',
    ],
    [
      'with a body that cannot be read: the header counts',
      () => ({
        status: 500,
        headers: { ...JSON_TYPE, 'X-Road-Error': 'Server.ServerProxy.AccessDenied' },
        body: '{"type":',
      }),
      'route Server.ServerProxy.AccessDenied',
    ],
    [
      'with an empty body',
      () => ({ status: 500, headers: { 'X-Road-Error': 'Server.ClientProxy.UnknownMember' } }),
      'route Server.ClientProxy.UnknownMember',
    ],
    [
      'with a body that is a JSON list',
      () => ({
        status: 500,
        headers: { ...JSON_TYPE, 'X-Road-Error': 'Server.ClientProxy.UnknownMember' },
        body: '[1]',
      }),
      'route Server.ClientProxy.UnknownMember',
    ],
    [
      'with a type that is a number',
      () => ({
        status: 500,
        headers: { ...JSON_TYPE, 'X-Road-Error': 'Server.ClientProxy.UnknownMember' },
        body: '{"type":7}',
      }),
      'route Server.ClientProxy.UnknownMember',
    ],
    [
      'from the SOAP entrance: the base URL is wrong',
      () => soapFault('Client.InvalidHttpMethod'),
      'route Client.InvalidHttpMethod',
    ],
    [
      'from the SOAP entrance, new spelling',
      () => soapFault('client.invalid_http_method'),
      'route Client.InvalidHttpMethod',
    ],
  ]);
});

describe('an answer without any mark of X-Road', () => {
  holds([
    ...[400, 414, 431].map((status): Case => [
      `status ${status}`,
      () => ({ status, body: 'Bad URI' }),
      'message refused-by-http-server',
    ]),
    ...[200, 201, 302, 403, 404, 407, 500, 502, 503, 504].map((status): Case => [
      `status ${status}`,
      () => ({ status, headers: { 'Content-Type': 'text/html' }, body: '<html>' }),
      'unknown not-x-road',
    ]),
    ['JSON that looks right', () => ({ headers: JSON_TYPE, body: '{"numeroAdhesion":"1"}' }), 'unknown not-x-road'],
    [
      'all echoes and an empty hash',
      (request) => withHeaders(request, { 'x-road-request-hash': '' }),
      'unknown not-x-road',
    ],
    [
      'all echoes but no hash',
      (request) => withHeaders(request, { 'x-road-request-hash': null }),
      'unknown not-x-road',
    ],
    ['XML that is no fault', () => ({ headers: { 'Content-Type': 'text/xml' }, body: '<a/>' }), 'unknown not-x-road'],
    ['XML cut off', () => ({ headers: { 'Content-Type': 'text/xml' }, body: '<a>' }), 'unknown not-x-road'],
    ["a service's fault where no service spoke", () => soapFault('soap:Server'), 'unknown unrecognised-code'],
    ['nothing at all', () => ({ status: 200 }), 'unknown not-x-road'],
  ]);
});

describe('evidence of an error', () => {
  it('is the identifier under which the Security Server logged it', async () => {
    server.answerWith(() => restError('Server.ServerProxy.IOError'));
    expect((await client.rest(restRead, context)).trace).toMatchObject({
      httpStatus: 500,
      errorDetailId: '7b1c9f0e-54a0-4c0a-9a51-0f3f9a0b1d22',
      requestId: null,
      requestHash: null,
    });
  });

  it('is never free text', async () => {
    server.answerWith(() => ({
      ...restError('Server.ServerProxy.IOError'),
      body: '{"type":"Server.ServerProxy.IOError","message":"x","detail":"Awa NDIAYE"}',
    }));
    expect((await client.rest(restRead, context)).trace.errorDetailId).toBeNull();
  });
});
