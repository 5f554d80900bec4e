import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeAnswer } from '../../src/exchange/decode/decode-answer.ts';
import type { DecodedAnswer } from '../../src/exchange/decode/decoded-answer.ts';
import { soapRequest } from '../../src/exchange/soap/soap-request.ts';
import { soapAnswer, soapFault } from './support/answers.ts';
import { context, soapRead } from './support/calls.ts';

const sent = soapRequest(soapRead, context, {
  client: { instance: 'SN', memberClass: 'GOV', memberCode: 'ANACMU', subsystem: 'enrolement' },
  userId: 'SN-ANACMU-worker-01',
});
const received = { body: sent.wire.body!, method: 'POST', url: '/', headers: {}, rawHeaders: [], remotePort: 1 };
const envelope = (body?: string): string => soapAnswer(received, body);
const decode = (text: string, encoding: BufferEncoding = 'utf8'): DecodedAnswer =>
  decodeAnswer(Buffer.from(text, encoding));
const http = (head: string, body: string): DecodedAnswer => decode(`HTTP/1.1 ${head}\r\n\r\n${body}`);

describe('a stored SOAP answer', () => {
  it('comes back with its header and its content', () => {
    const body =
      '<e:verifierNaissanceResponse xmlns:e="urn:e"><response><acte><nom> NDIAYE\n</nom><nin/></acte>' +
      '<acte><nom>007</nom></acte><total>2</total></response></e:verifierNaissanceResponse>';
    expect(decode(envelope(body))).toEqual({
      protocol: 'soap',
      kind: 'answer',
      class: 'ok',
      header: {
        client: 'SN/GOV/ANACMU/enrolement',
        service: 'SN/GOV/ETATCIVIL/actes/verifierNaissance/v1',
        id: context.messageId,
        userId: 'SN-ANACMU-worker-01',
        issue: 'PNBSF-2026-000123',
        protocolVersion: '4.0',
        requestHash: sent.requestHash,
      },
      body: {
        name: 'verifierNaissanceResponse',
        content: { response: { acte: [{ nom: ' NDIAYE\n', nin: '' }, { nom: '007' }], total: '2' } },
      },
    });
  });

  it('tells an absent element from an empty one', () => {
    const without = decode(
      envelope()
        .replace(/<xrd:userId>.*<\/xrd:userId>/, '')
        .replace('PNBSF-2026-000123', ''),
    );
    expect(without.header).not.toHaveProperty('userId');
    expect(without.header).toMatchObject({ issue: '' });
    const unsigned = decode(envelope().replace(/<xrd:requestHash.*<\/xrd:requestHash>/, ''));
    expect(unsigned.kind).toBe('answer');
    expect(unsigned.header).not.toHaveProperty('requestHash');
  });

  it('is not compared with any request', () => {
    const other = envelope().replace(context.messageId, 'another').replace('enrolement', 'autre');
    expect(decode(other)).toMatchObject({ kind: 'answer', header: { id: 'another', client: 'SN/GOV/ANACMU/autre' } });
  });

  const multipart = (end: string): string =>
    [
      ...['--limite-42', 'Content-Type: text/xml; charset=UTF-8', 'Content-Transfer-Encoding: 8bit'],
      ...['Content-ID: <rootpart>', '', envelope(), '--limite-42', 'Content-Type: application/pdf'],
      ...['Content-Transfer-Encoding: base64', 'Content-ID: <acte-1987-0456>', '', 'JVBERi0xLjQK', '--limite-42--'],
    ].join(end);
  const attachments = [{ contentId: 'acte-1987-0456', contentType: 'application/pdf', bytes: 9 }];

  it.each(['\r\n', '\n'])('shows its attachments (line ends %j)', (end) => {
    expect(decode(multipart(end))).toMatchObject({ kind: 'answer', class: 'ok', attachments });
    const head =
      'HTTP/1.1 200 OK\r\nContent-Type: Multipart/Related;type="text/xml";boundary="limite-42";charset=UTF-8';
    expect(decode(`${head}\r\n\r\n${multipart(end)}`)).toMatchObject({ status: 200, kind: 'answer', attachments });
  });

  it('is unreadable without its closing boundary', () => {
    expect(decode(multipart('\r\n').replace('--limite-42--', ''))).toMatchObject({ kind: 'unreadable', code: 'mime' });
  });

  const broken: readonly (readonly [name: string, text: string, kind: string, code: string])[] = [
    ['cut off', envelope().slice(0, -3), 'unreadable', 'xml'],
    ['a DOCTYPE', envelope().replace('<soapenv:Envelope', '<!DOCTYPE x><soapenv:Envelope'), 'unreadable', 'doctype'],
    ['empty', '', 'unreadable', 'xml'],
    ['not SOAP', '<a/>', 'unreadable', 'not-soap'],
    ['not text', '\u0000\u0001', 'unreadable', 'xml'],
    ['a header field missing', envelope().replace(/<xrd:id>.*<\/xrd:id>/, ''), 'violation', 'MissingHeaderField'],
    ['a header field twice', envelope().replace(/(<xrd:id>.*<\/xrd:id>)/, '$1$1'), 'violation', 'DuplicateHeaderField'],
    ['an older protocol', envelope().replace('>4.0<', '>3.0<'), 'violation', 'InvalidProtocolVersion'],
    ['the answer of another service', envelope('<autreResponse/>'), 'violation', 'InconsistentHeaders'],
    ['a body of two', envelope('<verifierNaissanceResponse/><b/>'), 'violation', 'InvalidBody'],
  ];
  it.each(broken)('with %s', (_name, text, kind, code) => {
    expect(decode(text)).toEqual({ protocol: 'soap', kind, class: 'outcome-unknown', code });
  });
});

describe('a stored fault', () => {
  it('of a Security Server is an exchange error with the identifier of its log', () => {
    expect(decode(String(soapFault('server.serverproxy.access_denied', 'Non').body))).toEqual({
      protocol: 'soap',
      kind: 'exchange-error',
      class: 'route',
      code: 'server.serverproxy.access_denied',
      text: 'Non',
      actor: '',
      detail: 'b5c0e6f4-0d0b-4f1c-8f0e-2a9d1c3e4f55',
    });
  });

  const classes: readonly (readonly [code: string, expected: string])[] = [
    ['Client.MissingHeaderField', 'message'],
    ['Server.ClientProxy.OutdatedGlobalConf', 'transient'],
    ['Server.ServerProxy.ServiceFailed.HttpError', 'outcome-unknown'],
  ];
  it.each(classes)('%s is %s', (code, expected) => {
    expect(decode(String(soapFault(code).body))).toMatchObject({ kind: 'exchange-error', class: expected, code });
  });

  it('of the service is told as the service wrote it', () => {
    const fault =
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode>' +
      '<faultstring>Base indisponible</faultstring><detail><e:erreur xmlns:e="urn:e"><e:code>EC-500</e:code></e:erreur>' +
      '</detail></s:Fault></s:Body></s:Envelope>';
    expect(decode(fault)).toEqual({
      protocol: 'soap',
      kind: 'service-fault',
      class: 'outcome-unknown',
      code: 's:Server',
      text: 'Base indisponible',
      actor: '',
      detail: { erreur: { code: 'EC-500' } },
    });
  });
});

describe('a stored REST answer', () => {
  const head =
    'Content-Type: application/json\r\nx-road-id: i\r\nx-road-client: SN/GOV/ANACMU/enrolement\r\n' +
    'x-road-service: SN/GOV/DAF/cni/identite\r\nx-road-request-hash: abc==';

  it('comes back with its header and its content', () => {
    expect(http(`200 OK\r\n${head}`, '{"statut":"VALIDE"}')).toEqual({
      protocol: 'rest',
      kind: 'answer',
      class: 'ok',
      status: 200,
      header: {
        client: 'SN/GOV/ANACMU/enrolement',
        service: 'SN/GOV/DAF/cni/identite',
        id: 'i',
        requestHash: 'abc==',
      },
      body: { content: { statut: 'VALIDE' } },
    });
  });

  const statuses: readonly (readonly [status: number, expected: string])[] = [
    [201, 'ok'],
    [404, 'ok'],
    [422, 'message'],
    [401, 'route'],
    [429, 'transient'],
    [503, 'outcome-unknown'],
  ];
  it.each(statuses)('with status %i is %s', (status, expected) => {
    expect(http(`${status} x\r\n${head}`, '{}')).toMatchObject({ kind: 'answer', class: expected });
  });

  it('is unreadable when its JSON is cut off', () => {
    expect(http(`200 OK\r\n${head}`, '{"statut":')).toMatchObject({ kind: 'unreadable', code: 'json' });
  });

  it('is an exchange error by its header', () => {
    expect(http('500 x\r\nX-Road-Error: Server.ServerProxy.AccessDenied', '')).toMatchObject({
      protocol: 'rest',
      kind: 'exchange-error',
      class: 'route',
      code: 'Server.ServerProxy.AccessDenied',
    });
  });

  it('is an exchange error by its body alone', () => {
    const body = '{"type":"server.serverproxy.io_error","message":"Read timed out","detail":"7b1c"}';
    expect(decode(body)).toEqual({
      protocol: 'rest',
      kind: 'exchange-error',
      class: 'outcome-unknown',
      code: 'server.serverproxy.io_error',
      text: 'Read timed out',
      detail: '7b1c',
    });
  });

  it('is an exchange error when the wrong entrance answered', () => {
    const body = String(soapFault('Client.InvalidHttpMethod').body);
    expect(http('200 OK\r\nContent-Type: text/xml;charset=utf-8', body)).toMatchObject({ kind: 'exchange-error' });
  });

  it.each(['{"nom":"x"}', '[1]', '{"type":"about:blank"}'])('proves nothing without its head: %s', (body) => {
    expect(decode(body)).toMatchObject({ protocol: 'rest', kind: 'unreadable', code: 'not-x-road' });
  });

  it('of a box on the way is none', () => {
    expect(http('503 x\r\nContent-Type: text/html', '<html>')).toMatchObject({
      kind: 'unreadable',
      code: 'not-x-road',
    });
  });
});

it('any bytes are decoded to something, and never to an answer', () => {
  const beginnings = fc.constantFrom('', 'HTTP/1.1 200 OK\r\n', '--b\r\n', '{', '<', 'Content-Type: text/xml\r\n\r\n');
  fc.assert(
    fc.property(beginnings, fc.uint8Array({ maxLength: 200 }), (beginning, bytes) => {
      expect(decodeAnswer(Buffer.concat([Buffer.from(beginning), bytes])).kind).not.toBe('answer');
    }),
  );
});
