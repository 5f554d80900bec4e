import { describe, expect, it } from '@jest/globals';
import { spellCode } from '../../fixtures/sandbox/security-server/error-spelling.ts';

describe('spelling of codes from 7.8 on', () => {
  it.each([
    ['Server.ServerProxy.AccessDenied', 'server.serverproxy.access_denied'],
    ['Server.ServerProxy.IOError', 'server.serverproxy.io_error'],
    ['Server.ClientProxy.OutdatedGlobalConf', 'server.clientproxy.global_conf_outdated'],
    ['Server.ServerProxy.ServiceFailed.HttpError', 'server.serverproxy.service_failed.http_error'],
    [
      'Server.ClientProxy.CannotCreateSignature.Signer.NetworkError',
      'server.clientproxy.cannot_create_signature.signer.network_error',
    ],
    ['Server.ClientProxy.SslAuthenticationFailed', 'server.clientproxy.ssl_authentication_failed'],
    ['Client.MissingHeaderField', 'client.missing_header_field'],
    ['Server.ClientProxy.HSMNonOperational', 'server.clientproxy.hsm_non_operational'],
  ])('%s becomes %s', (camel, snake) => {
    expect(spellCode(camel, 'snake')).toBe(snake);
    expect(spellCode(camel, 'camel')).toBe(camel);
  });
});
