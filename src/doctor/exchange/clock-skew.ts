import http from 'node:http';
import https from 'node:https';
import { tlsSettings, type TlsFiles } from '../../exchange/transport/tls-files.ts';
import { bad, good, unjudged, type Finding } from '../check.ts';
import { errorLabel } from '../error-label.ts';

/** Certificates and time stamps tolerate a minute; the header itself counts whole seconds. */
const TOLERATED_MS = 60_000;

/** Compares our clock with the `Date` of a Security Server. The certificate is another check's business. */
export async function clockSkew(url: URL, files: TlsFiles): Promise<Finding> {
  const asked = Date.now();
  const date = await dateHeader(url, files).catch((error: unknown) => errorOf(error));
  if (date instanceof Error) return unjudged(`pas de réponse (${errorLabel(date)})`);
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return unjudged('le serveur ne donne pas l’heure');
  // Taken in the middle of the exchange, which may have been slow.
  const skewMs = Math.abs(theirs - (asked + Date.now()) / 2);
  const seconds = Math.round(skewMs / 1_000);
  if (skewMs <= TOLERATED_MS) return good(`écart de ${seconds} s`);
  return bad(`écart de ${seconds} s`, 'Synchronisez les horloges des deux machines (NTP).');
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function dateHeader(url: URL, files: TlsFiles): Promise<string | undefined> {
  const options = { headers: { Accept: 'application/json' }, agent: false, timeout: 10_000 };
  const target = new URL('/listClients', url);
  return new Promise((resolve, reject) => {
    const receive = (response: http.IncomingMessage): void => {
      response.destroy();
      resolve(response.headers.date);
    };
    const request =
      url.protocol === 'https:'
        ? https.get(target, { ...options, ...tlsSettings(files), rejectUnauthorized: false }, receive)
        : http.get(target, options, receive);
    request.on('timeout', () => request.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })));
    request.on('error', reject);
  });
}
