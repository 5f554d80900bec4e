import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { classifyExchangeError, FAILURE_RULES } from '../../src/exchange/failures/classify-exchange-error.ts';
import { canonicalCode, normaliseCode } from '../../src/exchange/failures/error-code.ts';
import type { Protocol } from '../../src/exchange/failures/failure-rule.ts';
import { KNOWN_CODES } from '../../src/exchange/failures/known-codes.ts';
import { isExchangeFault } from '../../src/exchange/soap/fault-origin.ts';
import { documentedLines } from './support/failure-tables.ts';

// T transient, R route, M message, U unknown; a lower-case word is the protocol a line is limited to.
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Client: {
    M: `InvalidHttpMethod/soap InvalidRequest InvalidContentType InvalidSoapAction MimeParsingFailed MissingSoap
      InvalidSoap InvalidXml MissingHeader MissingHeaderField DuplicateHeaderField MissingBody InvalidBody
      InconsistentHeaders InvalidProtocolVersion InvalidClientIdentifier BadRequest InternalError`,
    R: 'InvalidHttpMethod/rest',
    T: 'IOError NetworkError',
  },
  'Server.ClientProxy': {
    T: `OutdatedGlobalConf MaintenanceMode CannotCreateSignature CannotCreateSignature.Signer.NetworkError
      Signer Signer.KeyNotFound TokenNotActive TokenNotAvailable KeyNotFound KeyNotAvailable CannotSign LoginFailed
      PinIncorrect HSMNonOperational UnknownHost`,
    R: `SslAuthenticationFailed SslAuthenticationFailed.IncorrectCertificate InvalidClientIdentifier UnknownMember
      InvalidSecurityServer`,
  },
  'Server.ServerProxy': {
    T: `InvalidHttpMethod OutdatedGlobalConf ServiceFailed.CannotCreateSignature MissingSoap MissingRest
      MissingSignature SignatureVerification SignatureVerification.InvalidSignatureValue UnknownHost
      ServiceFailed.UnknownHost ServiceFailed/rest ServiceFailed.HttpError/rest ServiceFailed.IOError/rest
      ServiceFailed.InternalError/rest`,
    R: `ClientProxyVersionNotSupported UnknownMember ServiceFailed.UnknownMember InvalidSecurityServer
      ServiceFailed.InvalidSecurityServer SslAuthenticationFailed SslAuthenticationFailed.IncorrectCertificate
      ServiceFailed.SslAuthenticationFailed UnknownService
      ServiceType AccessDenied ServiceDisabled ServiceMissingUrl ServiceMalformedUrl`,
  },
};
const CLASSES: Readonly<Record<string, string>> = { T: 'transient', R: 'route', M: 'message', U: 'unknown' };

/** What the tables above give a code; unknown where they are silent, `message` for all that is left of `Client`. */
function expectedClass(origin: string, code: string, protocol: Protocol): string {
  for (const [letter, words] of Object.entries(EXPECTED[origin] ?? {})) {
    for (const word of words.trim().split(/\s+/)) {
      const [name, only = protocol] = word.split('/');
      if (name === code && only === protocol) return CLASSES[letter]!;
    }
  }
  return origin === 'Client' ? 'message' : 'unknown';
}

/** From 7.8 on: `HSMNonOperational` becomes `hsm_non_operational`. */
function snakeCase(code: string): string {
  if (code === 'OutdatedGlobalConf') return 'global_conf_outdated';
  return code
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

const inSnakeCase = (code: string): string => code.split('.').map(snakeCase).join('.');
const named = Object.values(EXPECTED).flatMap((classes) =>
  Object.values(classes).flatMap((words) =>
    words
      .trim()
      .split(/\s+/)
      .map((word) => word.split('/')[0]!),
  ),
);
const everyCode = [...new Set([...KNOWN_CODES, ...named])];

describe.each(Object.keys(EXPECTED))('%s: every code there is, in both spellings', (origin) => {
  it.each(everyCode)('%s', (code) => {
    for (const protocol of ['rest', 'soap'] as const) {
      const expected = expectedClass(origin, code, protocol);
      const whole = `${origin}.${code}`;
      expect([protocol, classifyExchangeError(protocol, whole, '').class]).toEqual([protocol, expected]);
      expect([protocol, classifyExchangeError(protocol, inSnakeCase(whole), '').class]).toEqual([protocol, expected]);
      expect(canonicalCode(inSnakeCase(whole))).toBe(whole);
    }
  });
});

describe('messages that make an unknown outcome definite', () => {
  const ioError = 'Server.ServerProxy.IOError';
  const connect = 'Connect to sigicmu-app.internal:8080 [sigicmu-app.internal/10.20.0.7] failed: Connection refused';
  const uuid = '7b1c9f0e-54a0-4c0a-9a51-0f3f9a0b1d22';
  const cases: readonly (readonly [Protocol, string, string, string])[] = [
    ['rest', 'Server.ClientProxy.NetworkError', 'Could not connect to any target host ([https://10.1.2.3:5500/])', 'T'],
    ['soap', 'Server.ClientProxy.NetworkError', 'Could not connect to any target host', 'T'],
    ['rest', 'Server.ClientProxy.NetworkError', 'Connection reset', 'U'],
    ['rest', 'Server.ClientProxy.NetworkError', 'Error: Could not connect to any target host', 'U'],
    ['rest', 'Server.ClientProxy.IOError', 'LoggingFailed: disk full', 'T'],
    [
      'rest',
      'server.clientproxy.io_error',
      `[${uuid}] [SYSTEM] logging_failed.mlog.no_timestamping_provider_found`,
      'T',
    ],
    ['rest', 'Server.ClientProxy.IOError', 'cannot_create_signature: token', 'T'],
    ['rest', 'Server.ClientProxy.IOError', 'TimestampingFailed: x', 'T'],
    ['rest', 'Server.ClientProxy.IOError', 'LoggingFailed: Message size exceeds maximum loggable size', 'M'],
    ['rest', 'Server.ClientProxy.IOError', 'Message size exceeds maximum loggable size', 'U'],
    ['rest', 'Server.ClientProxy.IOError', 'Read timed out', 'U'],
    ['rest', 'Server.ClientProxy.IOError', 'after LoggingFailed', 'U'],
    ['rest', 'Server.ClientProxy.IOError', 'LoggingFailedSomehow', 'U'],
    ['soap', 'Server.ClientProxy.IOError', 'LoggingFailed: disk full', 'U'],
    ...[
      'Invalid request URI',
      'Invalid protocol version x',
      'Unsupported protocol version r9',
      'Invalid Client Id',
      'Invalid SecurityServer Id',
      'Invalid RepresentedParty Id',
      'Invalid percent encoding',
      'Incomplete percent encoding',
      'Invalid character in path segment',
      "'memberClass' must not be blank",
      'No enum constant ee.ria.xroad.common.message.RestRequest.Verb.BREW',
    ].map((text) => ['rest', 'Server.ClientProxy.InternalError', text, 'M'] as const),
    ['soap', 'Server.ClientProxy.InternalError', 'Invalid Client Id', 'U'],
    ['rest', 'Server.ClientProxy.InternalError', 'The Invalid Client Id', 'U'],
    ['rest', 'Server.ClientProxy.InternalError', 'No enum constant x.Colour.RED', 'U'],
    ['soap', 'Server.ClientProxy.InternalError', 'Reading SOAP from request timed out', 'T'],
    ['rest', ioError, connect, 'T'],
    ['rest', 'server.serverproxy.network_error', connect, 'T'],
    ['soap', 'Server.ServerProxy.ServiceFailed.NetworkError', connect, 'T'],
    ['soap', 'Server.ServerProxy.ServiceFailed.IOError', connect, 'T'],
    ['rest', ioError, 'Could not Connect to a failed: b', 'U'],
    ['rest', ioError, 'Connect to a:80 succeeded', 'U'],
    ['rest', ioError, 'Received fatal alert: handshake_failure', 'R'],
    ['soap', 'Server.ServerProxy.ServiceFailed.IOError', 'Received fatal alert: unknown_ca', 'R'],
    ['rest', ioError, 'Remote host terminated the handshake', 'R'],
    ['rest', ioError, 'PKIX path building failed: x', 'R'],
    ['rest', ioError, 'Received fatal alert: internal_error', 'U'],
    ['rest', ioError, 'Read timed out', 'U'],
    ['rest', ioError, 'a failed to respond', 'U'],
    ['soap', 'Server.ServerProxy.ServiceFailed.HttpError', connect, 'U'],
    ['rest', 'Server.ServerProxy.InternalError', connect, 'U'],
    ['rest', 'Server.ServerProxy.LoggingFailed', connect, 'U'],
  ];
  it.each(cases)('%s %s “%s” is %s', (protocol, code, text, letter) => {
    expect(classifyExchangeError(protocol, code, text).class).toBe(CLASSES[letter]);
  });
});

describe('what has no line', () => {
  it.each([
    '',
    '.',
    'Server',
    'AccessDenied',
    'Server.AccessDenied',
    'Signer.KeyNotFound',
    'Server.ServerProxy',
    'Server.ServerProxy.AccessDeniedToday',
    'Server.ServerProxy.OpMonitor.AccessDenied',
    'Server.ClientProxy.',
    'Server.ProxyMonitor.InternalError',
    'serverclientproxy.unknownmember',
  ])('“%s” is unknown', (code) => {
    expect(classifyExchangeError('rest', code, '').class).toBe('unknown');
  });

  it('stays unknown whatever else it says, and its text never shows', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom('rest', 'soap'), (code, text, protocol) => {
        const verdict = classifyExchangeError(protocol, `Server.ServerProxy.x${code}`, text);
        expect(verdict.class).toBe('unknown');
        expect(canonicalCode(code)).toMatch(/^[A-Za-z.]{1,160}$|^unrecognised-code$/);
      }),
    );
  });
});

describe('the origin of a SOAP fault', () => {
  const isExchange = (code: string): boolean => isExchangeFault({ code, text: '', actor: '', detail: null });

  it('is X-Road for every code it has, in both spellings', () => {
    for (const origin of ['Client', 'Server.ClientProxy', 'Server.ServerProxy', 'Signer']) {
      for (const code of KNOWN_CODES) {
        const whole = `${origin}.${code}`;
        expect([whole, isExchange(whole), isExchange(inSnakeCase(whole))]).toEqual([whole, true, true]);
      }
    }
  });

  it.each([
    'server.serverproxy.openapi_file_error',
    'server.clientproxy.global_conf_download_failed',
    'server.serverproxy.logging_failed.mlog.timestamp_request_timed_out',
    'server.clientproxy.mlog.no_signature_hashes_specified',
    'Server.ServerProxy.ServiceFailed.Whatever',
  ])('is X-Road for %s', (code) => expect(isExchange(code)).toBe(true));

  it.each([
    ...[
      '',
      'Client',
      'Server',
      'soap:Server',
      'soapenv:Server.CODE',
      'foo:FOOCODE',
      'CODE',
      'Client.Foo',
      'Server.Foo',
    ],
    ...[
      'x:Client.InvalidBody',
      'Server.ClientProxy',
      'Server.ServerProxy.Foo',
      'ServerProxy.AccessDenied',
      'AccessDenied',
    ],
  ])('is the service for “%s”', (code) => expect(isExchange(code)).toBe(false));
});

describe('the table itself', () => {
  it('gives a message to look at only to lines that make an outcome definite, anchored at its beginning', () => {
    for (const { text, says, class: outcome } of FAILURE_RULES) {
      expect(text === undefined).toBe(says === undefined);
      if (text === undefined) continue;
      expect(outcome).not.toBe('unknown');
      expect(text.source.split('|^').every((part, index) => index > 0 || part.startsWith('^'))).toBe(true);
    }
  });

  it('ends each origin with a line for everything else', () => {
    for (const origin of Object.keys(EXPECTED)) {
      expect(FAILURE_RULES.filter((rule) => rule.origin === origin).at(-1)!.codes).toEqual(['*']);
    }
  });

  it('knows each code once', () => {
    const normal = KNOWN_CODES.map(normaliseCode);
    expect(new Set(normal).size).toBe(normal.length);
  });

  it('is what the documentation shows, line by line', () => {
    const page = readFileSync(new URL('../../docs/exchange-errors.md', import.meta.url), 'utf8');
    const shown = page.split('\n').filter((line) => /^\| `(Client|Server)\.|^\| `[a-z-]+` \|/.test(line));
    expect(shown).toEqual(documentedLines());
  });
});
