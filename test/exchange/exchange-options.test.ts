import { describe, expect, it } from '@jest/globals';
import { ExchangeOptionsError } from '../../src/exchange/exchange-options.ts';
import { clientOf } from './support/calls.ts';

describe('options', () => {
  it('are refused with everything that is wrong with them, at once', () => {
    const make = (): unknown =>
      clientOf([], {
        client: { instance: 'SN', memberClass: '', memberCode: 'A', subsystem: 'e' },
        userId: 'é',
        deadlines: { connectMs: 0, readMs: 1.5, writeMs: -1 },
        limits: { cni: { maxInFlight: 0 } },
        maxBodyBytes: Number.NaN,
      });
    expect(make).toThrow(ExchangeOptionsError);
    try {
      make();
    } catch (error) {
      expect((error as ExchangeOptionsError).faults).toEqual([
        'client: blank part',
        'userId: 1 to 255 printable ASCII characters',
        'securityServers: at least one',
        'deadlines.connectMs: a positive whole number',
        'deadlines.readMs: a positive whole number',
        'deadlines.writeMs: a positive whole number',
        'options.maxBodyBytes: a positive whole number',
        'limits.cni.maxInFlight: a positive whole number',
      ]);
    }
  });

  it.each(['', 'ss1:8443', 'ftp://ss1', '/r1', 'http://ss1/r1', 'http://a@ss1', 'http://ss1?x', 'http://ss1#x'])(
    'refuse the address “%s”',
    (url) => {
      expect(() => clientOf([url])).toThrow(ExchangeOptionsError);
    },
  );

  it.each([
    [{ url: 'https://ss1', tls: { cert: 'a.pem' } }, 'securityServers[0].tls: cert and key go together'],
    [{ url: 'https://ss1', tls: { key: 'a.pem' } }, 'securityServers[0].tls: cert and key go together'],
  ])('refuse half a TLS configuration', (server, fault) => {
    expect(() => clientOf([], { securityServers: [server] })).toThrow(fault);
  });
});
