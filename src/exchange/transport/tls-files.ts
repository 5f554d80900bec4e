import { createPrivateKey, X509Certificate } from 'node:crypto';
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
   * SHA-256 of the server's certificate, hexadecimal, with or without colons; one of them must fit, so that the next
   * certificate can be named before it is there. Takes the place of the name check, since a Security Server's own
   * certificate often bears another name.
   */
  readonly fingerprints256?: readonly string[];
}

/** What Node's TLS needs; the name is checked unless a fingerprint is given. */
export interface TlsSettings {
  readonly minVersion: 'TLSv1.2';
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly checkServerIdentity?: (host: string, certificate: PeerCertificate) => Error | undefined;
}

/** Reads the files. Throws when one is missing, cut short or not what it should be, or the key is another one's. */
export function tlsSettings(files: TlsFiles = {}): TlsSettings {
  const pem = {
    ...optional('ca', certificates(files.ca)),
    ...optional('cert', certificates(files.cert)),
    ...optional('key', read(files.key)),
  };
  if (pem.cert !== undefined && pem.key !== undefined) assertPair(pem.cert, pem.key);
  return {
    minVersion: 'TLSv1.2',
    ...pem,
    ...optional('checkServerIdentity', fingerprintCheck(files.fingerprints256 ?? [])),
  };
}

function read(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readFileSync(path, 'utf8');
}

/** Every certificate of the file is parsed: OpenSSL silently leaves out an authority it cannot read. */
function certificates(path: string | undefined): string | undefined {
  const pem = read(path);
  if (pem === undefined) return undefined;
  const blocks = pem.split(/(?=-----BEGIN )/).filter((block) => /^-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/.test(block));
  for (const block of blocks.length === 0 ? [pem] : blocks) new X509Certificate(block);
  return pem;
}

/** Checked here, because OpenSSL takes a key of another kind than the certificate's and then shows no certificate. */
function assertPair(cert: string, key: string): void {
  if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return;
  throw Object.assign(new Error('The key is not that of the certificate'), { code: 'KEY_MISMATCH' });
}

function fingerprintCheck(expected: readonly string[]): TlsSettings['checkServerIdentity'] {
  if (expected.length === 0) return undefined;
  const wanted = new Set(expected.map(plainFingerprint));
  return (_host, certificate) =>
    wanted.has(plainFingerprint(certificate.fingerprint256)) ? undefined : fingerprintMismatch();
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
