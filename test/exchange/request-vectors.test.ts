import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidCallError } from '../../src/exchange/invalid-call.ts';
import { decodeIdentifier, encodeIdentifier, namesParts } from '../../src/exchange/rest/identifier-encoding.ts';
import { restRequest } from '../../src/exchange/rest/rest-request.ts';
import { soapRequest, soapRequestHash } from '../../src/exchange/soap/soap-request.ts';
import { context, element, restGet, restRead, restWrite, soapRead } from './support/calls.ts';
import { restRequestHash } from './support/rest-hash.ts';

const caller = {
  client: { instance: 'SN', memberClass: 'GOV', memberCode: 'ANACMU', subsystem: 'enrolement' },
  userId: 'SN-ANACMU-worker-01',
};

const ENVELOPE = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:xrd="http://x-road.eu/xsd/xroad.xsd"
    xmlns:id="http://x-road.eu/xsd/identifiers"
    xmlns:ec="http://etatcivil.xroad.sn/actes">
  <soapenv:Header>
    <xrd:client id:objectType="SUBSYSTEM">
      <id:xRoadInstance>SN</id:xRoadInstance>
      <id:memberClass>GOV</id:memberClass>
      <id:memberCode>ANACMU</id:memberCode>
      <id:subsystemCode>enrolement</id:subsystemCode>
    </xrd:client>
    <xrd:service id:objectType="SERVICE">
      <id:xRoadInstance>SN</id:xRoadInstance>
      <id:memberClass>GOV</id:memberClass>
      <id:memberCode>ETATCIVIL</id:memberCode>
      <id:subsystemCode>actes</id:subsystemCode>
      <id:serviceCode>verifierNaissance</id:serviceCode>
      <id:serviceVersion>v1</id:serviceVersion>
    </xrd:service>
    <xrd:id>3f1c7a90-5b1d-4e2a-9c44-7d0f6a2b1e55</xrd:id>
    <xrd:userId>SN-ANACMU-worker-01</xrd:userId>
    <xrd:issue>PNBSF-2026-000123</xrd:issue>
    <xrd:protocolVersion>4.0</xrd:protocolVersion>
  </soapenv:Header>
  <soapenv:Body>
    <ec:verifierNaissance>
      <request>
        <numeroActe>1987-0456</numeroActe>
        <centre>DK-PIKINE</centre>
        <annee>1987</annee>
        <nom>NDIAYE</nom>
        <prenoms>Awa Coumba</prenoms>
        <dateNaissance>1987-03-14</dateNaissance>
      </request>
    </ec:verifierNaissance>
  </soapenv:Body>
</soapenv:Envelope>`;

describe('hashes that a real Security Server computed', () => {
  it('SOAP, a whole envelope', () => {
    expect(Buffer.byteLength(ENVELOPE)).toBe(1461);
    expect(soapRequestHash(Buffer.from(ENVELOPE))).toBe(
      '1mpYPJqb7Ws7Ca1V8u0Qk6NzAFWlI1BLStnxSi0TeqcRMg1dgBlYJ/iKdq3xiEJG78n/FTEnHpk30updewNSFg==',
    );
  });

  it('SOAP, the smallest document', () => {
    expect(soapRequestHash(Buffer.from('<?xml version="1.0" encoding="UTF-8"?><a/>'))).toBe(
      'uBUSOj0nnmiI/tmXQEuI7Qfd+6P8JQkENlunO21yJhpTXDkEuKFUueY+R/3PNDR/5R2n2fq2I6BINEvz7FPuyw==',
    );
  });

  it('REST, without a body', () => {
    const request = {
      method: 'GET',
      url: '/r1/SN/GOV/DAF/cni/identite/v1/titulaires/1751198700123?champs=etat%2Ccivil',
      rawHeaders: [
        ...['Host', 'ss1', 'X-Road-Client', 'SN/GOV/ANACMU/enrolement'],
        ...['X-Road-Id', '5f0d1a52-7c1e-4b8e-9d5a-0a4b8f1c2e77', 'Connection', 'keep-alive'],
        ...['Accept', 'application/json', 'X-Road-Issue', 'PNBSF-2026-000123'],
      ],
      body: Buffer.alloc(0),
    };
    expect(restRequestHash(request, '0b9d0a30-3d0e-4f4b-8f1a-2a3a5b6c7d8e')).toBe(
      'sukHdJjPugt2fpYdm+kcpUSTqdH8fa/tQYWSyQ+Z+bKt8kfGtHSaz0A7TJnnIGlR06Fc7ZQpaDO0C7gqrXxHqg==',
    );
  });

  it('REST, with a body', () => {
    const request = {
      method: 'POST',
      url: '/r1/SN/GOV/ANACMU/sigicmu/adhesions/v1/adhesions',
      rawHeaders: [
        ...['X-Road-Client', 'SN/GOV/ANACMU/enrolement', 'X-Road-Id', '9a4f6b0e-2f7c-4a35-8a0b-6f1b0c9d8e11'],
        ...['Content-Type', 'application/json; charset=utf-8', 'Content-Length', '69'],
        ...['Idempotency-Key', '9a4f6b0e-2f7c-4a35-8a0b-6f1b0c9d8e11'],
      ],
      body: Buffer.from('{"numeroCni":"1751198700123","programme":"PNBSF","menage":"MEN-0042"}'),
    };
    expect(restRequestHash(request, 'd1c2b3a4-0000-4000-8000-00000000abcd')).toBe(
      'U45BzeI7CBKx/HMvrsVZGO5vrwM7XrVoA3YfMKNwJfNtWXCiO3szPOOHBXv+Gtb6hUBJ47/jZ9aqIVG/emYahw==',
    );
  });

  it('is taken over the bytes that are sent', () => {
    const sent = soapRequest(soapRead, context, caller);
    expect(sent.requestHash).toBe(soapRequestHash(sent.wire.body!));
  });
});

describe('identifiers in a URL', () => {
  const cases: readonly (readonly [part: string, encoded: string])[] = [
    ['plain', 'plain'],
    ['s/ub', 's%2Fub'],
    ['öäå', '%C3%B6%C3%A4%C3%A5'],
    ['what?', 'what%3F'],
    ['a b', 'a%20b'],
    ['100%', '100%25'],
    ['a;b', 'a%3Bb'],
    ["l'(île)", "l'(%C3%AEle)"],
    ['..', '..'],
  ];
  it.each(cases)('%s', (part, encoded) => {
    const { path } = restRequest({ ...restGet, service: { ...restGet.service, serviceCode: part } }, context, caller);
    expect(path).toBe(`/r1/SN/GOV/DAF/cni/${encoded}/v1/lots`);
  });

  it('come back as they went, whatever they hold', () => {
    const parts = fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(parts, (given) => {
        const encoded = encodeIdentifier(given);
        expect(encoded).toMatch(/^[\x21-\x7e]*$/);
        expect(decodeIdentifier(encoded)).toEqual(given);
        expect(namesParts(encoded, given)).toBe(true);
        expect(namesParts(`${encoded}/`, given)).toBe(false);
      }),
    );
  });
});

describe('a call that cannot be written faithfully is not written at all', () => {
  const rest: readonly (readonly [name: string, call: Partial<typeof restGet>, own?: Partial<typeof context>])[] = [
    ['a blank identifier part', { service: { ...restGet.service, subsystem: ' ' } }],
    ['half a character', { service: { ...restGet.service, subsystem: '\ud800' } }],
    ['a path without its slash', { path: 'v1/lots' }],
    ['a path with a space', { path: '/v1/a b' }],
    ['a path with a line end', { path: '/v1/a\r\nX-Road-Client: other' }],
    ['a path with an accent', { path: '/v1/é' }],
    ['a path with a fragment', { path: '/v1/a#b' }],
    ['a header of the protocol', { headers: { 'x-road-client': 'SN/GOV/OTHER/x' } }],
    ['another Accept', { headers: { accept: 'text/xml' } }],
    ['a header of the framing', { headers: { 'Transfer-Encoding': 'chunked' } }],
    ['a header value with a line end', { headers: { 'Idempotency-Key': 'a\r\nb' } }],
    ['a header value with an accent', { headers: { 'Idempotency-Key': 'é' } }],
    ['a header name that is none', { headers: { 'a b': 'c' } }],
    ['no message id', {}, { messageId: '' }],
    ['a message id with a space', {}, { messageId: 'a b' }],
    ['a message id beyond 64 characters', {}, { messageId: 'a'.repeat(65) }],
    ['an issue with a line end', {}, { issue: 'a\nb' }],
  ];
  it.each(rest.map(([name, call, own = {}]) => ({ name, call, own })))('REST: $name', ({ call, own }) => {
    expect(() => restRequest({ ...restGet, ...call }, { ...context, ...own }, caller)).toThrow(InvalidCallError);
  });

  const bodies: readonly (readonly [name: string, body: typeof soapRead.body])[] = [
    ['a body that is not the service code', element('urn:x', 'autre')],
    ['a control character', element('urn:x', 'verifierNaissance', [], 'a\u0000b')],
    ['half a character', element('urn:x', 'verifierNaissance', [], 'a\ud800b')],
    ['a name that is none', element('urn:x', 'verifierNaissance', [element('', 'a b')])],
    ['a name that closes its tag', element('urn:x', 'verifierNaissance', [element('', 'a><b')])],
    ['a prefixed name', element('urn:x', 'verifierNaissance', [element('', 'x:a')])],
    [
      'the namespace of declarations',
      element('urn:x', 'verifierNaissance', [element('http://www.w3.org/2000/xmlns/', 'a')]),
    ],
    ['a namespace with a control character', element('urn:\u0001', 'verifierNaissance')],
  ];
  it.each(bodies)('SOAP: %s', (_name, body) => {
    expect(() => soapRequest({ ...soapRead, body }, context, caller)).toThrow(InvalidCallError);
  });

  it('and says so without the value', () => {
    const call = { ...restWrite, path: '/v1/NDIAYE Awa' };
    expect(() => restRequest(call, context, caller)).toThrow('path is not percent-encoded');
  });

  it('an issue that is empty is left out', () => {
    const { headers } = restRequest(restRead, { ...context, issue: '' }, caller);
    expect(headers).not.toHaveProperty('X-Road-Issue');
  });
});
