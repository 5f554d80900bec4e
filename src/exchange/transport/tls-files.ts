import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PeerCertificate } from 'node:tls';

/** TLS towards one Security Server. Paths of PEM files. */
export interface TlsFiles {
  /** The server's certificate or its authority; a Security Server's own is self-signed by default. */
  readonly ca?: string;
  /** Our certificate, as uploaded to the Security Server for our subsystem. */
  readonly cert?: string;
  readonly key?: string;
  /**
   * SHA-256 of the server's certificate, hexadecimal, with or without colons. Takes the place of the name check,
   * since a Security Server's own certificate often bears another name.
   */
  readonly fingerprint256?: string;
}

/** What Node's TLS needs; the name is checked unless a fingerprint is given. */
export interface TlsSettings {
  readonly minVersion: 'TLSv1.2';
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly checkServerIdentity?: (host: string, certificate: PeerCertificate) => Error | undefined;
}

/** Reads the files. Throws when one is missing or the certificate is not one. */
export function tlsSettings(files: TlsFiles = {}): TlsSettings {
  const cert = read(files.cert);
  if (cert !== undefined) assertCertificate(cert);
  return {
    minVersion: 'TLSv1.2',
    ...optional('ca', read(files.ca)),
    ...optional('cert', cert),
    ...optional('key', read(files.key)),
    ...optional('checkServerIdentity', fingerprintCheck(files.fingerprint256)),
  };
}

function read(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readFileSync(path, 'utf8');
}

function assertCertificate(pem: string): void {
  new X509Certificate(pem);
}

function fingerprintCheck(expected: string | undefined): TlsSettings['checkServerIdentity'] {
  if (expected === undefined) return undefined;
  const wanted = plainFingerprint(expected);
  return (_host, certificate) =>
    plainFingerprint(certificate.fingerprint256) === wanted ? undefined : fingerprintMismatch();
}

function fingerprintMismatch(): Error {
  return Object.assign(new Error('The server certificate is not the pinned one'), { code: 'FINGERPRINT_MISMATCH' });
}

function plainFingerprint(text: string): string {
  return text.replaceAll(':', '').toLowerCase();
}

// An explicit undefined would switch Node's defaults off.
function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<K, V>>;
}
