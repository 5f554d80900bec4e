import { MARKS, HEADER, JSON_TYPE, crossed, unmarked, errorBody, answer, ok, nothing, failed } from './rest-parts.ts';
import { faultText, soapText } from './soap-parts.ts';
import type { StoredCase } from './stored-case.ts';

/** Answers of the service itself, whatever their status. */
export const ANSWERS: readonly StoredCase[] = [
  {
    name: 'JSON',
    body: '{"statut":"VALIDE","n":[1,null]}',
    http: crossed(200),
    expected: ok({ statut: 'VALIDE', n: [1, null] }),
  },
  {
    name: 'marks in capitals',
    body: '{}',
    http: {
      status: 200,
      headers: {
        ...JSON_TYPE,
        ...Object.fromEntries(Object.entries(MARKS).map(([name, value]) => [name.toUpperCase(), value])),
      },
    },
    expected: ok({}),
  },
  {
    name: 'a media type with parameters',
    body: '{}',
    http: crossed(200, { 'content-type': 'application/JSON; charset="utf-8"' }),
    expected: ok({}),
  },
  {
    name: 'a problem document',
    body: '{"code":"CNI_INCONNUE"}',
    http: crossed(404, { 'content-type': 'application/problem+json' }),
    expected: ok({ code: 'CNI_INCONNUE' }),
  },
  { name: 'a byte order mark', body: '\ufeff{"a":1}', http: crossed(200), expected: ok({ a: 1 }) },
  {
    name: 'ISO-8859-1',
    body: Buffer.from('{"n":"SÈNE"}', 'latin1'),
    http: crossed(200, { 'content-type': 'application/json;charset=ISO-8859-1' }),
    expected: ok({ n: 'SÈNE' }),
  },
  { name: 'text', body: 'bonjour', http: crossed(200, { 'content-type': 'text/plain' }), expected: ok('bonjour') },
  {
    name: 'XML of the service',
    body: '<a>1</a>',
    http: crossed(200, { 'content-type': 'application/xml' }),
    expected: ok('<a>1</a>'),
  },
  {
    name: 'SOAP carried by REST',
    body: soapText(),
    http: crossed(200, { 'content-type': 'text/xml' }),
    expected: answer('ok'),
  },
  {
    name: 'YAML',
    body: 'openapi: 3.0.0',
    http: crossed(200, { 'content-type': 'application/yaml' }),
    expected: ok('openapi: 3.0.0'),
  },
  {
    name: 'a file',
    body: Buffer.from([0x25, 0xff, 0]),
    http: crossed(200, { 'content-type': 'application/pdf' }),
    expected: { ...answer('ok'), attachments: [{ contentId: '', contentType: 'application/pdf', bytes: 3 }] },
    absent: ['body'],
  },
  { name: '201', body: '{"etat":"ACTIVE"}', http: crossed(201), expected: ok({ etat: 'ACTIVE' }) },
  { name: '204', body: '', http: { status: 204, headers: MARKS }, expected: answer('ok') },
  { name: '204 with a media type', body: '', http: crossed(204), expected: ok('') },
  { name: '206', body: '[]', http: crossed(206), expected: ok([]) },
  { name: '302, not followed', body: '', http: crossed(302), expected: answer('route') },
  { name: '304', body: '', http: crossed(304), expected: answer('route') },
  { name: '400', body: '{}', http: crossed(400), expected: answer('message') },
  { name: '401', body: '{}', http: crossed(401), expected: answer('route') },
  { name: '403', body: '{}', http: crossed(403), expected: answer('route') },
  { name: '408', body: '{}', http: crossed(408), expected: answer('transient') },
  { name: '409', body: '{"etat":"ACTIVE"}', http: crossed(409), expected: ok({ etat: 'ACTIVE' }) },
  { name: '422', body: '{}', http: crossed(422), expected: answer('message') },
  { name: '429', body: '{}', http: crossed(429), expected: answer('transient') },
  { name: '500', body: '{}', http: crossed(500), expected: answer('outcome-unknown') },
  {
    name: '502',
    body: '<html>',
    http: crossed(502, { 'content-type': 'text/html' }),
    expected: answer('outcome-unknown'),
  },
  { name: '503 to a write', body: '{}', http: crossed(503), operation: 'write', expected: answer('outcome-unknown') },
  { name: '503 to a read', body: '{}', http: crossed(503), operation: 'read', expected: answer('transient') },
  { name: '504 to a read', body: '{}', http: crossed(504), operation: 'read', expected: answer('outcome-unknown') },
  {
    name: 'a forged X-Road-Error',
    body: '{"a":1}',
    http: crossed(200, { ...JSON_TYPE, 'X-Road-Error': 'Server.ServerProxy.AccessDenied' }),
    expected: ok({ a: 1 }),
  },
  {
    name: 'a forged error, body and status too',
    body: errorBody('Server.ServerProxy.AccessDenied'),
    http: crossed(500, { ...JSON_TYPE, 'X-Road-Error': 'Server.ServerProxy.AccessDenied' }),
    expected: answer('outcome-unknown'),
  },
  {
    name: 'a header given twice',
    body: '{}',
    http: { headers: { ...JSON_TYPE, ...MARKS, 'x-road-id': ['autre', 'essai-1'] } },
    expected: ok({}),
  },
  {
    name: 'an empty id',
    body: '{}',
    http: { headers: { ...JSON_TYPE, ...MARKS, 'x-road-id': '' } },
    expected: { kind: 'answer', header: { id: '' } },
  },
  { name: 'JSON cut off', body: '{"statut":', http: crossed(200), expected: { ...nothing('json'), header: HEADER } },
  {
    name: 'bytes that are not UTF-8',
    body: Buffer.from('{"n":"È"}', 'latin1'),
    http: crossed(200),
    expected: nothing('charset'),
  },
  { name: 'HTML announced as JSON', body: '<html>', http: crossed(200), expected: nothing('json') },
];

/** What came from elsewhere. */
export const STRANGERS: readonly StoredCase[] = [
  { name: 'HTML 502', body: '<html>', http: unmarked(502), expected: nothing('not-x-road') },
  { name: 'HTML 503', body: '<html>', http: unmarked(503), expected: nothing('not-x-road') },
  {
    name: 'a page with status 200',
    body: '<!DOCTYPE html><html></html>',
    http: unmarked(200),
    expected: nothing('not-x-road'),
  },
  { name: 'a redirection', body: '', http: unmarked(302), expected: nothing('not-x-road') },
  { name: '204 of a box', body: '', http: unmarked(204, 'text/plain'), expected: nothing('not-x-road') },
  {
    name: 'Jetty 400',
    body: '<h1>Bad Message 400</h1>',
    http: unmarked(400),
    expected: nothing('refused-by-http-server', 'message'),
  },
  { name: 'Jetty 414', body: '', http: unmarked(414), expected: nothing('refused-by-http-server', 'message') },
  { name: 'Jetty 431', body: '', http: unmarked(431), expected: nothing('refused-by-http-server', 'message') },
  {
    name: 'a problem of some gateway',
    body: '{"type":"about:blank","status":401}',
    http: unmarked(401, 'application/json'),
    expected: nothing('not-x-road'),
  },
  {
    name: 'JSON without marks',
    body: '{"statut":"VALIDE"}',
    http: unmarked(200, 'application/json'),
    expected: nothing('not-x-road'),
  },
  {
    name: 'an id without the hash',
    body: '{}',
    http: { headers: { ...JSON_TYPE, 'x-road-id': 'essai-1' } },
    expected: nothing('not-x-road'),
  },
  {
    name: 'an error code of nobody',
    body: errorBody('Client.Quelconque'),
    http: unmarked(500, 'application/json'),
    expected: nothing('not-x-road'),
  },
  { name: 'JSON alone', body: '[1]', expected: nothing('not-x-road') },
  {
    name: 'Jetty 400 in XML',
    body: '<erreur/>',
    http: unmarked(400, 'text/xml'),
    expected: { protocol: 'soap', kind: 'unreadable', class: 'message', code: 'refused-by-http-server' },
  },
  {
    name: 'the SOAP entrance',
    body: faultText('Client.InvalidHttpMethod'),
    http: unmarked(200, 'text/xml;charset=utf-8'),
    expected: { protocol: 'soap', kind: 'exchange-error', code: 'Client.InvalidHttpMethod' },
  },
];

const HEAD_LINES = Object.entries({ ...JSON_TYPE, ...MARKS }).map(([name, value]) => `${name}: ${value}`);

/** Whole HTTP responses kept in one file. */
export const WHOLE_RESPONSES: readonly StoredCase[] = [
  { name: 'CRLF', body: ['HTTP/1.1 404 Not Found', ...HEAD_LINES, '', '{"a":1}'].join('\r\n'), expected: ok({ a: 1 }) },
  {
    name: 'bare LF',
    body: ['HTTP/1.1 500 x', ...HEAD_LINES, '', '{}'].join('\n'),
    expected: answer('outcome-unknown'),
  },
  {
    name: 'headers without the status line',
    body: [...HEAD_LINES, '', '{"a":1}'].join('\r\n'),
    expected: ok({ a: 1 }),
  },
  {
    name: 'an error',
    body: `HTTP/1.1 400 x\r\nX-Road-Error: server.serverproxy.access_denied\r\n\r\n${errorBody('server.serverproxy.access_denied')}`,
    expected: failed('server.serverproxy.access_denied', 'route'),
  },
];
