import { refused, errorBody, xmlError, failed } from './rest-parts.ts';
import { faultText } from './soap-parts.ts';
import type { StoredCase } from './stored-case.ts';

const bare = 'Server.ServerProxy';

/** Errors of a Security Server, in both spellings; the status proves nothing. */
export const REFUSALS: readonly StoredCase[] = [
  {
    name: 'rights missing',
    body: errorBody(`${bare}.AccessDenied`),
    http: refused(`${bare}.AccessDenied`),
    expected: failed(`${bare}.AccessDenied`, 'route'),
  },
  {
    name: 'the same, new spelling, status 400',
    body: errorBody('server.serverproxy.access_denied'),
    http: refused('server.serverproxy.access_denied', 400),
    expected: failed('server.serverproxy.access_denied', 'route'),
  },
  {
    name: 'a null message',
    body: errorBody(`${bare}.UnknownService`, null),
    http: refused(`${bare}.UnknownService`),
    expected: failed(`${bare}.UnknownService`, 'route', ''),
  },
  {
    name: 'no body',
    body: '',
    http: refused(`${bare}.IOError`),
    expected: { kind: 'exchange-error', class: 'outcome-unknown', code: `${bare}.IOError` },
  },
  {
    name: 'a body that is no JSON',
    body: 'Erreur',
    http: refused(`${bare}.ServiceDisabled`),
    expected: { kind: 'exchange-error', class: 'route', code: `${bare}.ServiceDisabled` },
  },
  {
    name: 'a header that differs from its body',
    body: errorBody(`${bare}.AccessDenied`),
    http: refused('Server.ClientProxy.IOError'),
    expected: failed(`${bare}.AccessDenied`, 'route'),
  },
  {
    name: 'an XML body',
    body: xmlError(`${bare}.IOError`),
    http: refused(`${bare}.IOError`, 500, { 'content-type': 'text/xml' }),
    expected: failed(`${bare}.IOError`, 'outcome-unknown'),
  },
  {
    name: 'an XML body, application/xml',
    body: xmlError('server.serverproxy.unknown_service'),
    http: refused('server.serverproxy.unknown_service', 400, { 'content-type': 'application/xml' }),
    expected: failed('server.serverproxy.unknown_service', 'route'),
  },
  {
    name: 'a fault and X-Road-Error',
    body: faultText('Client.InvalidHttpMethod'),
    http: refused('Client.InvalidHttpMethod', 200, { 'content-type': 'text/xml' }),
    expected: failed('Client.InvalidHttpMethod', 'route'),
  },
  {
    name: 'no answer from the service',
    body: errorBody(`${bare}.IOError`, 'Read timed out'),
    http: refused(`${bare}.IOError`),
    expected: failed(`${bare}.IOError`, 'outcome-unknown', 'Read timed out'),
  },
  {
    name: 'the service not connected to',
    body: errorBody('server.serverproxy.network_error', 'Connect to a:1 [a/10.0.0.1] failed: refused'),
    http: refused('server.serverproxy.network_error'),
    expected: { class: 'transient' },
  },
  {
    name: 'a TLS handshake with the service',
    body: errorBody(`${bare}.IOError`, 'Received fatal alert: handshake_failure'),
    http: refused(`${bare}.IOError`),
    expected: { class: 'route' },
  },
  {
    name: 'a request not decoded',
    body: errorBody(`${bare}.ServiceFailed.InternalError`),
    http: refused(`${bare}.ServiceFailed.InternalError`),
    expected: { class: 'transient' },
  },
  {
    name: 'an answer not signed',
    body: errorBody(`${bare}.CannotCreateSignature`),
    http: refused(`${bare}.CannotCreateSignature`),
    expected: { class: 'outcome-unknown' },
  },
  {
    name: 'configuration out of date',
    body: errorBody('Server.ClientProxy.OutdatedGlobalConf'),
    http: refused('Server.ClientProxy.OutdatedGlobalConf'),
    expected: { class: 'transient' },
  },
  {
    name: 'the same, new spelling',
    body: errorBody('server.clientproxy.global_conf_outdated'),
    http: refused('server.clientproxy.global_conf_outdated'),
    expected: { class: 'transient' },
  },
  {
    name: 'our request malformed',
    body: errorBody('Server.ClientProxy.InternalError', 'Invalid request URI'),
    http: refused('Server.ClientProxy.InternalError'),
    expected: { class: 'message' },
  },
  {
    name: 'an internal error of another kind',
    body: errorBody('Server.ClientProxy.InternalError', 'NullPointerException'),
    http: refused('Server.ClientProxy.InternalError'),
    expected: { class: 'outcome-unknown' },
  },
  {
    name: 'our request not logged',
    body: errorBody('Server.ClientProxy.IOError', 'LoggingFailed: disque plein'),
    http: refused('Server.ClientProxy.IOError'),
    expected: { class: 'transient' },
  },
  {
    name: 'a message too large to be logged',
    body: errorBody('Server.ClientProxy.IOError', 'LoggingFailed: body exceeds maximum loggable size'),
    http: refused('Server.ClientProxy.IOError'),
    expected: { class: 'message' },
  },
  {
    name: 'the signer',
    body: errorBody('Server.ClientProxy.CannotCreateSignature.Signer.NetworkError'),
    http: refused('Server.ClientProxy.CannotCreateSignature.Signer.NetworkError'),
    expected: { class: 'transient' },
  },
  {
    name: 'our certificate',
    body: errorBody('server.clientproxy.ssl_authentication_failed'),
    http: refused('server.clientproxy.ssl_authentication_failed', 400),
    expected: { class: 'route' },
  },
  {
    name: 'an unknown code',
    body: errorBody('Server.ServerProxy.Nouveau'),
    http: refused('Server.ServerProxy.Nouveau'),
    expected: failed('Server.ServerProxy.Nouveau', 'outcome-unknown'),
  },
  {
    name: 'a body kept without its head',
    body: errorBody('server.serverproxy.io_error'),
    expected: failed('server.serverproxy.io_error', 'outcome-unknown'),
  },
  {
    name: 'an XML body kept without its head',
    body: xmlError('Server.ServerProxy.AccessDenied'),
    expected: failed('Server.ServerProxy.AccessDenied', 'route'),
  },
];
