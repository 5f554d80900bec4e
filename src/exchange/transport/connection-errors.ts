import type { OwnFailureCode } from '../failures/own-failures.ts';

/** Meaning of the error codes of sockets, TLS and undici while nothing of the request has been written. */
const BEFORE_WRITING: Readonly<Record<string, OwnFailureCode>> = {
  ENOTFOUND: 'name-not-resolved',
  EAI_AGAIN: 'name-not-resolved',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_CLOSED: 'aborted-before-sending',
  UND_ERR_DESTROYED: 'aborted-before-sending',
  UND_ERR_INVALID_ARG: 'invalid-call',
  UND_ERR_NOT_SUPPORTED: 'invalid-call',
};

const UNTRUSTED_CERTIFICATE = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'FINGERPRINT_MISMATCH',
]);

// The peer refused our certificate. With TLS 1.3 this arrives after the request was written; the peer still has not
// read a byte of it, because it ends the handshake instead.
const OUR_CERTIFICATE_REFUSED =
  /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|CERTIFICATE_REQUIRED|UNKNOWN_CA|ACCESS_DENIED)$/;

/** Our code for a failed connection. `written`: undici had begun to write the request. */
export function connectionFailure(error: Error, written: boolean): OwnFailureCode {
  const code = errorCode(error);
  if (OUR_CERTIFICATE_REFUSED.test(code)) return 'tls-not-trusted';
  if (written) return error.name === 'HTTPParserError' ? 'unreadable-answer' : 'connection-lost';
  if (UNTRUSTED_CERTIFICATE.has(code)) return 'tls-not-trusted';
  return BEFORE_WRITING[code] ?? 'connect-failed';
}

function errorCode(error: Error): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
}
