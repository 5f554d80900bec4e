import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An authority made for one test, and a certificate it signed. PEM files. */
export interface TestCertificates {
  /** Of the authority. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Makes them with openssl, valid for a day, for `subjectAltName` (`IP:127.0.0.1`, `DNS:ailleurs.example`). */
export function makeCertificates(folder: string, name: string, subjectAltName = 'IP:127.0.0.1'): TestCertificates {
  const file = (end: string): string => join(folder, `${name}-${end}`);
  const openssl = (...words: string[]): void => void execFileSync('openssl', words, { stdio: 'pipe' });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    ...['req', '-x509', ...curve, '-days', '1', '-subj', `/CN=Autorite ${name}`],
    ...['-keyout', file('ca-key.pem'), '-out', file('ca.pem')],
  );
  openssl(
    ...['req', '-new', ...curve, '-subj', `/CN=${name}`],
    ...['-keyout', file('key.pem'), '-out', file('request.pem')],
  );
  writeFileSync(file('extensions'), `subjectAltName=${subjectAltName}\n`);
  openssl(
    ...['x509', '-req', '-in', file('request.pem'), '-CA', file('ca.pem'), '-CAkey', file('ca-key.pem')],
    ...['-set_serial', '1', '-days', '1', '-extfile', file('extensions'), '-out', file('cert.pem')],
  );
  return { ca: file('ca.pem'), cert: file('cert.pem'), key: file('key.pem') };
}
