import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExchangeClient } from '../../src/exchange/exchange-client.ts';
import { childNamed } from '../../src/exchange/xml-element.ts';
import { REQUEST_ID, serviceReply, soapAnswer, xmlReply } from './support/answers.ts';
import { clientOf, context, restGet, restRead, restWrite, soapRead } from './support/calls.ts';
import { restRequestHash } from './support/rest-hash.ts';
import { startWireServer } from './support/wire-server.ts';
import type { WireServer } from './support/wire-server.ts';

let server: WireServer;
let client: ExchangeClient;

beforeAll(async () => {
  server = await startWireServer();
  client = clientOf([server.url]);
});
afterEach(() => {
  server.received.splice(0);
});
afterAll(async () => {
  await client.close();
  await server.close();
});

describe('a REST call that works', () => {
  it('gives the service its answer verbatim, with the evidence', async () => {
    server.answerWith((request) => serviceReply(request, '{"numero":12345678901234567890}', 201));
    const result = await client.rest(restRead, context);
    expect(result).toMatchObject({
      kind: 'answer',
      value: { status: 201, body: '{"numero":12345678901234567890}' },
      trace: {
        messageId: context.messageId,
        destination: 'cni',
        securityServer: new URL(server.url).host,
        httpStatus: 201,
        requestId: REQUEST_ID,
        requestHash: restRequestHash(server.received[0]!, REQUEST_ID),
        errorDetailId: null,
      },
    });
    expect(result.trace.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(result.trace.endedAt >= result.trace.startedAt).toBe(true);
  });

  it('writes the request line and the headers of the protocol, and nothing of its own', async () => {
    server.answerWith((request) => serviceReply(request, '{}'));
    await client.rest(restWrite, context);
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'POST', url: '/r1/SN/GOV/ANACMU/sigicmu/adhesions/v1/adhesions' });
    expect(request!.body.toString()).toBe(restWrite.body);
    expect(request!.headers).toEqual({
      host: new URL(server.url).host,
      connection: 'keep-alive',
      'content-length': String(restWrite.body!.length),
      'content-type': 'application/json; charset=utf-8',
      accept: 'application/json',
      'x-road-client': 'SN/GOV/ANACMU/enrolement',
      'x-road-id': context.messageId,
      'x-road-userid': 'SN-ANACMU-worker-01',
      'x-road-issue': 'PNBSF-2026-000123',
      'idempotency-key': '"PNBSF-2026:SN-04120199-7/1"',
    });
  });

  it('sends a GET without body and without content type', async () => {
    server.answerWith((request) => serviceReply(request, '{}'));
    await client.rest({ ...restGet, path: '/v1/lots?limite=500&apres=a%2Fb' }, context);
    const [request] = server.received;
    expect(request!.url).toBe('/r1/SN/GOV/DAF/cni/identite/v1/lots?limite=500&apres=a%2Fb');
    expect(request!.headers).not.toHaveProperty('content-type');
    expect(request!.headers).not.toHaveProperty('content-length');
    expect(request!.headers).not.toHaveProperty('transfer-encoding');
  });

  it('invents no content type for a POST without body', async () => {
    server.answerWith((request) => serviceReply(request, '{}'));
    await client.rest({ ...restGet, method: 'POST' }, context);
    expect(server.received[0]!.headers).not.toHaveProperty('content-type');
  });

  // Two, not one: the pool has not yet taken the first connection back when the next call is already there.
  it('keeps its connections for calls in a row', async () => {
    server.answerWith((request) => serviceReply(request, '{}'));
    for (let n = 0; n < 10; n++) await client.rest(restRead, context);
    expect(new Set(server.received.map(({ remotePort }) => remotePort)).size).toBeLessThanOrEqual(2);
  });
});

describe('a client that is closed', () => {
  it('sends nothing more, and says so', async () => {
    const closed = clientOf([server.url]);
    await Promise.all([closed.close(), closed.close()]);
    expect(await closed.rest(restWrite, context)).toMatchObject({
      kind: 'not-processed',
      failure: 'transient',
      code: 'aborted-before-sending',
    });
    expect(server.received).toHaveLength(0);
  });

  it('lets a call under way come to its end', async () => {
    const closing = clientOf([server.url]);
    const closes: Promise<void>[] = [];
    server.answerWith((request) => {
      closes.push(closing.close());
      return serviceReply(request, '{}', 201);
    });
    expect(await closing.rest(restWrite, context)).toMatchObject({ kind: 'answer', value: { status: 201 } });
    await Promise.all(closes);
    expect(closes).toHaveLength(1);
  });
});

describe('a SOAP call that works', () => {
  it('gives the one child of the body, with the verified hash', async () => {
    server.answerWith((request) => xmlReply(soapAnswer(request)));
    const result = await client.soap(soapRead, context);
    expect(result).toMatchObject({
      kind: 'answer',
      value: { body: { name: 'verifierNaissanceResponse', namespace: 'http://etatcivil.xroad.sn/actes' } },
      trace: { httpStatus: 200, requestId: null, requestHash: expect.stringMatching(/^[\w+/]{86}==$/) as unknown },
    });
    if (result.kind !== 'answer') throw new Error(result.kind);
    const acte = childNamed(childNamed(result.value.body!, 'response')!, 'acte')!;
    expect(childNamed(acte, 'nom')!.text).toBe('NDIAYE');
  });

  it('posts to the root with an empty SOAPAction and a declared charset', async () => {
    server.answerWith((request) => xmlReply(soapAnswer(request)));
    await client.soap(soapRead, context);
    expect(server.received[0]).toMatchObject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
    });
    expect(server.received[0]!.body.toString()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
        ' xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers"' +
        ' xmlns:n4="http://etatcivil.xroad.sn/actes"><soapenv:Header><xrd:client id:objectType="SUBSYSTEM">' +
        '<id:xRoadInstance>SN</id:xRoadInstance><id:memberClass>GOV</id:memberClass><id:memberCode>ANACMU</id:memberCode>' +
        '<id:subsystemCode>enrolement</id:subsystemCode></xrd:client><xrd:service id:objectType="SERVICE">' +
        '<id:xRoadInstance>SN</id:xRoadInstance><id:memberClass>GOV</id:memberClass><id:memberCode>ETATCIVIL</id:memberCode>' +
        '<id:subsystemCode>actes</id:subsystemCode><id:serviceCode>verifierNaissance</id:serviceCode>' +
        `<id:serviceVersion>v1</id:serviceVersion></xrd:service><xrd:id>${context.messageId}</xrd:id>` +
        '<xrd:userId>SN-ANACMU-worker-01</xrd:userId><xrd:issue>PNBSF-2026-000123</xrd:issue>' +
        '<xrd:protocolVersion>4.0</xrd:protocolVersion></soapenv:Header><soapenv:Body><n4:verifierNaissance><request>' +
        '<numeroExtrait>1987-0456</numeroExtrait></request></n4:verifierNaissance></soapenv:Body></soapenv:Envelope>',
    );
  });
});
