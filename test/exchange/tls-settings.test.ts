import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../src/config.ts';
import type { Finding } from '../../src/doctor/check.ts';
import { tlsFinding } from '../../src/doctor/exchange/tls-finding.ts';
import { serviceReply } from './support/answers.ts';
import { clientOf, context, restWrite } from './support/calls.ts';
import { ending } from './support/ending.ts';
import { startWireServer } from './support/wire-server.ts';
import type { WireServer } from './support/wire-server.ts';

const file = (name: string): string => fileURLToPath(new URL(`support/certificates/${name}.pem`, import.meta.url));
const pem = (name: string): string => readFileSync(file(name), 'utf8');
const fingerprint = (name: string): string => new X509Certificate(pem(name)).fingerprint256;

const pinned = fingerprint('other-name-cert');
const another = fingerprint('server-cert');

let server: WireServer;
beforeAll(async () => {
  server = await startWireServer({ cert: pem('other-name-cert'), key: pem('other-name-key') });
  server.answerWith((request) => serviceReply(request, '{}'));
});
afterAll(() => server.close());

/** What a call and the diagnosis say of a server with another name, with these settings. */
async function judged(fingerprints: string): Promise<{ call: string; doctor: Finding }> {
  const environment = { XROAD_TLS_CA: file('other-name-cert'), XROAD_TLS_FINGERPRINT: fingerprints };
  const { tls } = readConfig(environment).exchange;
  const client = clientOf([], { securityServers: [{ url: server.url, tls }] });
  const call = ending(await client.rest(restWrite, context));
  await client.close();
  return { call, doctor: await tlsFinding(new URL(server.url), tls) };
}

describe('XROAD_TLS_FINGERPRINT', () => {
  it.each([
    ['with colons', pinned],
    ['without', pinned.replaceAll(':', '').toLowerCase()],
    ['beside the one that comes next', `${another}, ${pinned}`],
  ])('lets in the certificate it names, %s', async (_name, fingerprints) => {
    expect(await judged(fingerprints)).toMatchObject({ call: 'answer', doctor: { ok: true } });
  });

  it('keeps out every other one', async () => {
    expect(await judged(another)).toMatchObject({
      call: 'route tls-not-trusted',
      doctor: { ok: false, detail: 'le certificat n’a pas l’empreinte attendue' },
    });
  });

  it('leaves the check of the name where it is empty', async () => {
    expect(await judged('')).toMatchObject({
      call: 'route tls-not-trusted',
      doctor: { ok: false, detail: 'le certificat porte un autre nom que l’adresse' },
    });
  });

  it.each([
    ['sha1', '00:11'],
    ['a sign too many', `${pinned}0`],
    ['one of two', `${pinned},oui`],
  ])('that is none stops the start: %s', (_name, fingerprints) => {
    expect(() => readConfig({ XROAD_TLS_FINGERPRINT: fingerprints })).toThrow(/XROAD_TLS_FINGERPRINT/);
  });
});
