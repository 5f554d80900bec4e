import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_DIRECTORY } from '../../fixtures/sandbox/security-server/directory.ts';
import { crossedAnswer } from '../../fixtures/sandbox/security-server/rest-answer.ts';
import { readRestRequest } from '../../fixtures/sandbox/security-server/rest-request.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { AWA_NIN, smallCountry } from './small-country.ts';
import { type Answer, CLIENT, CNI, RNU, rest, send, SIGICMU } from './wire.ts';

const LOOKUP = `${CNI}/v1/titulaires/recherche`;

describe('REST through a Security Server', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ registries: smallCountry, seed: 1 });
  });
  afterAll(() => sandbox.stop());

  const failed = async (path: string, headers: Record<string, string>): Promise<[number, string, string | null]> => {
    const answer = await send(sandbox.url, { path, headers });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['x-road-error']).toBe(answer.json.type);
    expect(answer.headers['x-road-id']).toBeUndefined();
    expect(answer.headers['x-road-request-hash']).toBeUndefined();
    expect(Object.keys(answer.json)).toEqual(['type', 'message', 'detail']);
    expect(answer.json.detail).toMatch(/^[0-9a-f-]{36}$/);
    return [answer.status, answer.json.type, answer.json.message];
  };

  it('echoes in lower case, after the headers of the service, in the order of real servers', async () => {
    const answer = await rest(sandbox.url, LOOKUP, { numeroCni: AWA_NIN });
    expect(answer.status).toBe(200);
    const names = answer.rawHeaders.filter((_, index) => index % 2 === 0);
    const marks = ['x-road-id', 'x-road-client', 'x-road-service', 'x-road-request-id', 'x-road-request-hash'];
    expect(names.filter((name) => /x-road/i.test(name))).toEqual(marks);
    expect(names.indexOf('x-road-id')).toBeGreaterThan(names.indexOf('Content-Type'));
    expect(answer.headers['x-road-service']).toBe('SN/GOV/DAF/cni/identite');
    expect(names.filter((name) => name === 'Date')).toHaveLength(1);
  });

  it.each([
    ['too few parts', '/r1/SN/GOV/DAF/identite', 'Invalid request URI'],
    ['an empty part', '/r1/SN/GOV/DAF/cni//identite', null],
    ['an encoded dot', '/r1/SN/GOV/DAF/cni/%2e%2e/identite', null],
    ['a raw character that must be encoded', '/r1/SN/GOV/DAF/cni/ident|ite/v1', 'Invalid character in path segment'],
    ['broken percent encoding', '/r1/SN/GOV/DAF/cni/identit%C3/v1', 'Invalid percent encoding'],
  ])('refuses a service identifier with %s', async (_, path, message) => {
    if (message === null) {
      const answer = await send(sandbox.url, { path, headers: { 'X-Road-Client': CLIENT } });
      expect([answer.status, answer.headers['x-road-error']]).toEqual([400, undefined]);
      expect(answer.headers['content-type']).toMatch(/^text\/html/);
      return;
    }
    const expected = [500, 'Server.ClientProxy.InternalError', message];
    expect(await failed(path, { 'X-Road-Client': CLIENT })).toEqual(expected);
  });

  it.each([
    ['no client', {}, 'Server.ClientProxy.InvalidClientIdentifier'],
    ['two client parts', { 'X-Road-Client': 'SN/GOV' }, 'Server.ClientProxy.InternalError'],
    ['a slash too many', { 'X-Road-Client': `${CLIENT}/` }, 'Server.ClientProxy.InternalError'],
    ['an unregistered client', { 'X-Road-Client': 'SN/GOV/INCONNU/x' }, 'Server.ClientProxy.UnknownMember'],
    [
      'a security server of three parts',
      { 'X-Road-Client': CLIENT, 'X-Road-Security-Server': 'SN/GOV/DAF' },
      'Server.ClientProxy.InternalError',
    ],
    ['no rights', { 'X-Road-Client': 'SN/GOV/VISITEUR/essais' }, 'Server.ServerProxy.AccessDenied'],
  ])('refuses %s', async (_, headers, code) => {
    expect((await failed(LOOKUP, headers)).slice(0, 2)).toEqual([500, code]);
  });

  it.each([
    ['an unknown provider', '/r1/SN/GOV/INCONNU/x/identite/v1', 'Server.ClientProxy.UnknownMember'],
    ['an unknown service', '/r1/SN/GOV/DAF/cni/autre/v1', 'Server.ServerProxy.UnknownService'],
    ['a SOAP service', '/r1/SN/GOV/ETATCIVIL/actes/verifierNaissance', 'Server.ServerProxy.ServiceType'],
  ])('refuses %s', async (_, path, code) => {
    expect((await failed(path, { 'X-Road-Client': CLIENT }))[1]).toBe(code);
  });

  it('aims at a Security Server of the provider, and refuses one nobody knows', async () => {
    const aimed = (server: string): Promise<Answer> =>
      rest(sandbox.url, `${RNU}/v1/lots`, undefined, { 'X-Road-Security-Server': server });
    expect((await aimed('SN/GOV/DGPSN/ss1')).status).toBe(200);
    expect((await aimed('SN/GOV/DGPSN/ss9')).json.type).toBe('Server.ClientProxy.InvalidSecurityServer');
  });

  it('lets a service forge an error and a service name, and nothing else', () => {
    const headers = [{ 'X-Road-Client': CLIENT }, { 'X-Road-Id': 'm-1' }].flatMap(Object.entries) as [string, string][];
    const request = readRestRequest('SN', 'GET', `${RNU}/v1/lots`, headers);
    const names = ['X-Road-Id', 'X-Road-Client', 'X-Road-Request-Id', 'X-Road-Request-Hash', 'X-Road-Error'];
    const reply = { status: 200, headers: names.map((name) => [name, 'forged'] as const), body: '{}' };
    const answer = crossedAnswer(request, Buffer.alloc(0), reply);
    expect(answer.headers.filter(([, value]) => value === 'forged')).toEqual([['X-Road-Error', 'forged']]);
    expect(answer.headers.filter(([name]) => name.toLowerCase() === 'x-road-id')).toEqual([['x-road-id', 'm-1']]);
  });

  it('passes nothing larger than the message log takes', async () => {
    const body = { numeroCni: AWA_NIN, surplus: 'x'.repeat(10 * 1024 * 1024) };
    const answer = await rest(sandbox.url, LOOKUP, body);
    expect([answer.status, answer.json.type]).toEqual([500, 'Server.ClientProxy.IOError']);
    expect(answer.json.message).toMatch(/exceeds maximum loggable size/);
  });

  it('refuses heads beyond 8 KiB without any mark of X-Road', async () => {
    const answer = await rest(sandbox.url, `${RNU}/v1/lots`, undefined, { Accept: 'x'.repeat(9_000) });
    expect([answer.status, answer.headers['x-road-error']]).toEqual([431, undefined]);
  });

  it('accepts an identifier encoded more than needed', async () => {
    const answer = await rest(sandbox.url, '/r1/SN/GOV/%44GPSN/rnu/menages/v1/lots', undefined, {
      'X-Road-Client': 'SN/GOV/%41NACMU/enrolement',
    });
    expect(answer.json.lots).toHaveLength(1);
    expect(answer.headers['x-road-client']).toBe('SN/GOV/ANACMU/enrolement');
  });

  it('answers a wrong prefix with a SOAP fault and status 200', async () => {
    const answer = await send(sandbox.url, {
      path: '/r2/SN/GOV/DAF/cni/identite',
      headers: { 'X-Road-Client': CLIENT },
    });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/xml;charset=utf-8']);
    expect(answer.text).toContain('<faultcode>Client.InvalidHttpMethod</faultcode>');
  });

  it('lists clients in JSON and in XML, without X-Road headers', async () => {
    const json = await send(sandbox.url, { path: '/listClients', headers: { Accept: 'application/json' } });
    expect(json.json.member[0]).toEqual({
      id: {
        member_class: 'GOV',
        member_code: 'ANACMU',
        object_type: 'SUBSYSTEM',
        subsystem_code: 'enrolement',
        xroad_instance: 'SN',
      },
      name: 'Agence de la couverture maladie universelle',
    });
    const xml = await send(sandbox.url, { path: '/listClients' });
    expect(xml.text).toContain('<id:memberCode>ETATCIVIL</id:memberCode>');
    expect((await send(sandbox.url, { path: '/asic?queryId=x' })).headers['content-type']).toMatch(/^text\/plain/);
  });

  it('says which services a client may call', async () => {
    const mine = await rest(sandbox.url, '/r1/SN/GOV/DAF/cni/allowedMethods');
    expect(mine.json.service.map((each) => each.service_code)).toEqual(['identite']);
    const stranger = { 'X-Road-Client': 'SN/GOV/VISITEUR/essais' };
    const none = await rest(sandbox.url, '/r1/SN/GOV/DAF/cni/allowedMethods', undefined, stranger);
    expect(none.json.service).toEqual([]);
  });
});

describe('what a directory can say', () => {
  const started = async (change: Partial<typeof DEFAULT_DIRECTORY>): Promise<Sandbox> =>
    startSandbox({ registries: smallCountry, seed: 1, directory: { ...DEFAULT_DIRECTORY, ...change } });

  it('grants rights on methods and paths', async () => {
    const right = {
      client: CLIENT,
      service: 'SN/GOV/DGPSN/rnu/menages',
      endpoints: [{ method: 'GET', path: '/v1/lots/*/membres' }],
    };
    const sandbox = await started({ rights: [right] });
    expect((await rest(sandbox.url, `${RNU}/v1/lots/LOT-2026-001/membres`)).status).toBe(200);
    expect((await rest(sandbox.url, `${RNU}/v1/lots`)).json.type).toBe('Server.ServerProxy.AccessDenied');
    await sandbox.stop();
  });

  it('switches services off and servers into maintenance, with the notice', async () => {
    const services = DEFAULT_DIRECTORY.services.map((service) =>
      service.name === 'cni'
        ? { ...service, disabledNotice: 'travaux' }
        : service.name === 'rnu'
          ? { ...service, maintenanceNotice: 'retour à 6 h' }
          : service,
    );
    const sandbox = await started({ services });
    const disabled = await rest(sandbox.url, LOOKUP, { numeroCni: AWA_NIN });
    expect(disabled.json.type).toBe('Server.ServerProxy.ServiceDisabled');
    expect(disabled.json.message).toContain('travaux');
    const maintained = await rest(sandbox.url, `${RNU}/v1/lots`);
    expect([maintained.json.type, maintained.json.message]).toEqual([
      'Server.ClientProxy.MaintenanceMode',
      'retour à 6 h',
    ]);
    expect((await rest(sandbox.url, `${SIGICMU}/v1/adhesions?campagne=X`)).status).toBe(200);
    await sandbox.stop();
  });

  it.each([
    ['camel', 500, 'Server.ServerProxy.AccessDenied', 500, 'Server.ClientProxy.UnknownMember'],
    ['snake', 500, 'server.serverproxy.access_denied', 500, 'server.clientproxy.unknown_member'],
    ['mixed-reverse', 400, 'Server.ServerProxy.AccessDenied', 500, 'server.clientproxy.unknown_member'],
    ['mixed', 400, 'server.serverproxy.access_denied', 500, 'Server.ClientProxy.UnknownMember'],
  ] as const)('spells codes as versions do: %s', async (versionMode, deniedStatus, denied, unknownStatus, unknown) => {
    const sandbox = await startSandbox({ registries: smallCountry, seed: 1, versionMode });
    const first = await rest(sandbox.url, LOOKUP, {}, { 'X-Road-Client': 'SN/GOV/VISITEUR/essais' });
    expect([first.status, first.headers['x-road-error']]).toEqual([deniedStatus, denied]);
    const second = await rest(sandbox.url, LOOKUP, {}, { 'X-Road-Client': 'SN/GOV/INCONNU/x' });
    expect([second.status, second.headers['x-road-error']]).toEqual([unknownStatus, unknown]);
    await sandbox.stop();
  });
});
