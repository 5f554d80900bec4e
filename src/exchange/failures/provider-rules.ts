import type { FailureRule } from './failure-rule.ts';

const origin = 'Server.ServerProxy';

const CALLING_SERVICE = ['NetworkError', 'IOError', 'ServiceFailed.NetworkError', 'ServiceFailed.IOError'];

/**
 * Only wording of a handshake: an alert such as `internal_error` or `bad_record_mac` can also end a connection that
 * had carried the request.
 */
const HANDSHAKE = new RegExp(
  [
    '^Received fatal alert: (?:handshake_failure|bad_certificate|unsupported_certificate|certificate_revoked',
    '|certificate_expired|certificate_unknown|certificate_required|unknown_ca|protocol_version',
    '|insufficient_security|unrecognized_name|no_application_protocol)',
    '|^Remote host terminated the handshake',
    '|^PKIX path (?:building|validation) failed',
    '|^Unsupported or unrecognized SSL message',
  ].join(''),
);

/** The provider's Security Server, or its view of the service. */
export const PROVIDER_RULES: readonly FailureRule[] = [
  {
    origin,
    codes: ['InvalidHttpMethod'],
    class: 'transient',
    scope: 'provider-server',
    alert: true,
    reason: 'should not happen between Security Servers; a route fault if it lasts',
  },
  {
    origin,
    codes: ['OutdatedGlobalConf'],
    class: 'transient',
    scope: 'provider-server',
    reason: "the provider's Security Server refuses all traffic until it has refreshed its global configuration",
  },
  {
    origin,
    codes: ['ClientProxyVersionNotSupported'],
    class: 'route',
    scope: 'route',
    reason: 'our Security Server is too old for that provider',
  },
  {
    origin,
    codes: ['UnknownMember', 'ServiceFailed.UnknownMember'],
    class: 'route',
    scope: 'route',
    reason: "the provider's subsystem is not registered on that Security Server",
  },
  {
    origin,
    codes: ['InvalidSecurityServer', 'ServiceFailed.InvalidSecurityServer'],
    class: 'route',
    scope: 'route',
    reason: 'the request was addressed to another Security Server',
  },
  {
    origin,
    codes: ['SslAuthenticationFailed', 'ServiceFailed.SslAuthenticationFailed'],
    class: 'route',
    scope: 'route',
    reason: "a certificate was refused, our Security Server's or the service's, before the service saw the request",
  },
  {
    origin,
    codes: ['ServiceFailed.CannotCreateSignature'],
    class: 'transient',
    scope: 'provider-server',
    alert: true,
    reason: 'the provider cannot sign; found while the request was being decoded',
  },
  {
    origin,
    codes: ['MissingSoap', 'MissingRest', 'MissingSignature'],
    class: 'transient',
    scope: 'consumer-server',
    reason: 'our Security Server sent an incomplete message, as after an aborted upload',
  },
  {
    origin,
    codes: ['ServiceFailed'],
    protocol: 'rest',
    class: 'transient',
    scope: 'provider-server',
    reason: 'in REST this prefix is put on the decoding of the request only, never on the call of the service',
  },
  {
    origin,
    codes: ['UnknownService'],
    class: 'route',
    scope: 'route',
    reason: 'the provider has no such service',
  },
  {
    origin,
    codes: ['ServiceType'],
    class: 'route',
    scope: 'route',
    reason: 'REST was spoken to a SOAP service, or the reverse',
  },
  {
    origin,
    codes: ['AccessDenied'],
    class: 'route',
    scope: 'route',
    reason: 'our subsystem has no right to this service, method and path',
  },
  {
    origin,
    codes: ['ServiceDisabled'],
    class: 'route',
    scope: 'route',
    reason: 'the provider has switched the service off',
  },
  {
    origin,
    codes: ['SignatureVerification'],
    class: 'transient',
    scope: 'consumer-server',
    reason: 'our signature was not accepted, for instance because the proof of its certificate was too old',
  },
  {
    origin,
    codes: ['ServiceMissingUrl', 'ServiceMalformedUrl'],
    class: 'route',
    scope: 'route',
    reason: 'the provider has not said where its service is',
  },
  {
    origin,
    codes: ['UnknownHost', 'ServiceFailed.UnknownHost'],
    class: 'transient',
    scope: 'provider-server',
    reason: "the name of the service's server was not resolved",
  },
  {
    origin,
    codes: CALLING_SERVICE,
    text: /^Connect to .{1,500} failed: /,
    says: 'begins “Connect to … failed: ”',
    class: 'transient',
    scope: 'provider-server',
    reason: "no connection to the service's server could be made",
  },
  {
    origin,
    codes: CALLING_SERVICE,
    text: HANDSHAKE,
    says: 'begins with the wording of a failed TLS handshake',
    class: 'route',
    scope: 'route',
    reason: "the TLS handshake with the service's server failed",
  },
  {
    origin,
    codes: CALLING_SERVICE,
    class: 'unknown',
    scope: 'provider-server',
    reason: 'the service was called and its answer was not received',
  },
  {
    origin,
    codes: ['ServiceFailed.HttpError'],
    class: 'unknown',
    scope: 'provider-server',
    reason: 'a SOAP service answered with a status other than 200 or 500',
  },
  {
    origin,
    codes: ['ServiceFailed'],
    class: 'unknown',
    scope: 'provider-server',
    reason: 'the service usually ran, and its answer could not be accepted',
  },
  {
    origin,
    codes: ['CannotCreateSignature', 'Signer'],
    class: 'unknown',
    scope: 'provider-server',
    alert: true,
    reason: 'the answer could not be signed: the service has run',
  },
  {
    origin,
    codes: ['LoggingFailed', 'TimestampingFailed'],
    class: 'unknown',
    scope: 'provider-server',
    alert: true,
    reason: 'the request or the answer could not be logged, one cannot tell which',
  },
  {
    origin,
    codes: ['*'],
    class: 'unknown',
    scope: 'provider-server',
    reason: "the provider's Security Server failed at a point one cannot tell",
  },
];
