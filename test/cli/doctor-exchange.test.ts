import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_DIRECTORY } from '../../fixtures/sandbox/security-server/directory.ts';
import type { Sandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { check, checks, Patient } from './patient.ts';

let patient: Patient;
beforeAll(async () => {
  patient = await Patient.open();
});
afterAll(() => patient.close());

describe('the exchange', () => {
  it('a sandbox that is stopped fails its connection, and stops no other check', async () => {
    const stopped = await patient.sandbox();
    await stopped.stop();
    const environment = patient.settings({ XROAD_SECURITY_SERVERS: stopped.url });
    expect(await check(environment, ': connexion')).toMatchObject({
      ok: true,
      name: 'PostgreSQL : connexion et version',
    });
    const [connection, , registration] = await checks(environment, 'serveur de sécurité');
    expect(connection).toMatchObject({ ok: false, detail: 'injoignable (ECONNREFUSED)' });
    expect(connection?.advice).toContain('XROAD_SECURITY_SERVERS');
    expect(registration).toMatchObject({ ok: false, detail: 'échec : connect-failed' });
    for (const right of await checks(environment, 'droits sur')) expect(right.ok).toBe(false);
  });

  it('none at all is a failure, and so is what is no address', async () => {
    expect(await check(patient.settings(), 'serveurs de sécurité')).toMatchObject({
      ok: false,
      detail: 'aucun n’est configuré',
    });
    const wrong = await check(patient.settings({ XROAD_SECURITY_SERVERS: 'ss1' }), 'serveur de sécurité ss1');
    expect(wrong).toMatchObject({ ok: false, detail: 'ce n’est pas une adresse' });
  });

  it('a client nobody has registered is told so', async () => {
    const { url } = await patient.sandbox();
    const environment = patient.settings({ XROAD_SECURITY_SERVERS: url, XROAD_CLIENT: 'SN/GOV/INCONNU/rien' });
    const registration = await check(environment, ': inscription');
    expect(registration).toMatchObject({ ok: false });
    expect(registration.detail).toContain('SN/GOV/INCONNU/rien n’est pas parmi');
    expect(registration.advice).toContain('XROAD_CLIENT');
    const [right] = await checks(environment, 'droits sur');
    expect(right).toMatchObject({ ok: false });
    expect(right?.detail).toContain('UnknownMember');
    expect(right?.detail).toMatch(/journal : [0-9a-f-]{36}/);
  });

  it('a client without rights is told to ask for them, service by service', async () => {
    const { url } = await patient.sandbox();
    const environment = patient.settings({ XROAD_SECURITY_SERVERS: url, XROAD_CLIENT: 'SN/GOV/VISITEUR/essais' });
    expect(await check(environment, ': inscription')).toMatchObject({ ok: true });
    const rights = await checks(environment, 'droits sur');
    expect(rights.map(({ detail }) => detail)).toEqual(Array(4).fill('aucun droit pour notre sous-système'));
    expect(rights[0]?.advice).toContain('Demandez au fournisseur');
  });

  it('a service that does not exist is told from one without rights', async () => {
    const { url } = await patient.sandbox();
    const environment = patient.settings({
      XROAD_SECURITY_SERVERS: url,
      XROAD_SERVICE_CNI: 'SN/GOV/DAF/cni/autre',
      XROAD_SERVICE_ETAT_CIVIL: 'SN/GOV/ETATCIVIL/actes/verifierNaissance/v9',
    });
    const cni = await check(environment, 'droits sur cni');
    expect(cni).toMatchObject({ ok: false, detail: 'le fournisseur n’offre pas ce service' });
    expect(cni.advice).toContain('XROAD_SERVICE_CNI');
    expect((await check(environment, 'droits sur etat-civil')).advice).toContain('XROAD_SERVICE_ETAT_CIVIL');
    expect(await check(environment, 'droits sur rnu')).toMatchObject({ ok: true });
  });

  it('rights on single calls are compared with what is called', async () => {
    const endpoints = [
      { method: 'GET', path: '/v1/lots' },
      { method: 'GET', path: '/v1/lots/*/membres' },
    ];
    const rights = DEFAULT_DIRECTORY.rights.map((right) => {
      if (right.service.endsWith('menages')) return { ...right, endpoints };
      return right.service.endsWith('adhesions')
        ? { ...right, endpoints: [{ method: 'POST', path: '/v1/adhesions/**' }] }
        : right;
    });
    const { url } = await patient.sandbox({ directory: { ...DEFAULT_DIRECTORY, rights } });
    const environment = patient.settings({ XROAD_SECURITY_SERVERS: url });
    expect(await check(environment, 'droits sur rnu')).toMatchObject({ ok: true });
    const sigicmu = await check(environment, 'droits sur sigicmu');
    expect(sigicmu).toMatchObject({ ok: null });
    expect(sigicmu.detail).toContain('POST /v1/beneficiaires/recherche');
  });

  it('a health port tells its state', async () => {
    const { url, securityServers } = await patient.sandbox();
    const [server] = securityServers;
    const environment = patient.settings({ XROAD_SECURITY_SERVERS: url, XROAD_HEALTH_URLS: server?.healthUrl ?? '' });
    server?.setHealth('maintenance');
    expect(await check(environment, 'sonde de santé')).toMatchObject({ ok: false, detail: 'en maintenance' });
    server?.setHealth('unable');
    expect((await check(environment, 'sonde de santé')).detail).toContain(
      'hors d’état (HTTP 500 : Global configuration',
    );
  });
});

describe('TLS', () => {
  const certificates = 'test/exchange/support/certificates';
  const served = async (name: string): Promise<Sandbox> =>
    patient.sandbox({
      tls: {
        cert: await readFile(`${certificates}/${name}-cert.pem`, 'utf8'),
        key: await readFile(`${certificates}/${name}-key.pem`, 'utf8'),
      },
    });

  it('a self-signed certificate is trusted with the setting that holds it, and not without', async () => {
    const { url } = await served('server');
    const without = patient.settings({ XROAD_SECURITY_SERVERS: url });
    const refused = await check(without, ': TLS');
    expect(refused).toMatchObject({ ok: false, detail: 'certificat non reconnu (DEPTH_ZERO_SELF_SIGNED_CERT)' });
    expect(refused.advice).toContain('XROAD_TLS_CA');
    expect(await check(without, ': inscription')).toMatchObject({ ok: false, detail: 'échec : tls-not-trusted' });
    const trusting = { ...without, XROAD_TLS_CA: `${certificates}/server-cert.pem` };
    expect(await check(trusting, ': TLS')).toMatchObject({
      ok: true,
      detail: 'certificat reconnu, valable jusqu’au 01/01/2120',
    });
    expect(await check(trusting, ': inscription')).toMatchObject({ ok: true });
    expect(await check(trusting, ': horloge')).toMatchObject({ ok: true });
  });

  it('a certificate of another name is told so', async () => {
    const { url } = await served('other-name');
    const environment = patient.settings({
      XROAD_SECURITY_SERVERS: url,
      XROAD_TLS_CA: `${certificates}/other-name-cert.pem`,
    });
    expect((await check(environment, ': TLS')).detail).toBe('le certificat porte un autre nom que l’adresse');
  });

  it('a certificate file that is missing is told so', async () => {
    const { url } = await served('server');
    const environment = patient.settings({
      XROAD_SECURITY_SERVERS: url,
      XROAD_TLS_CA: join(patient.folder, 'absent.pem'),
    });
    expect((await check(environment, ': TLS')).detail).toBe('certificat ou clé illisible (ENOENT)');
  });

  it('plain HTTP is shown, not judged', async () => {
    const { url } = await patient.sandbox();
    expect(await check(patient.settings({ XROAD_SECURITY_SERVERS: url }), ': TLS')).toMatchObject({ ok: null });
  });
});
