import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { readSoapMessage } from '../../fixtures/sandbox/security-server/soap-reader.ts';
import { serviceDescription } from '../../fixtures/sandbox/security-server/service-description.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { registration, smallCountry } from './small-country.ts';
import { envelope, faultCode, soap } from './soap-text.ts';
import { type Answer, register, rest } from './wire.ts';

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { readonly operationId: string }>>;
  readonly components: {
    readonly schemas: Record<string, { readonly required?: readonly string[]; readonly properties: object }>;
  };
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ registries: smallCountry, seed: 1 });
});
afterAll(() => sandbox.stop());

const ask = (operation: string, content = '', change: (xml: string) => string = (xml) => xml): Promise<Answer> => {
  const xml = envelope('')
    .replace(/<ec:verifierNaissance>.*<\/ec:verifierNaissance>/, `<xrd:${operation}>${content}</xrd:${operation}>`)
    .replace('>verifierNaissance<', `>${operation}<`)
    .replace('<id:serviceVersion>v1</id:serviceVersion>', '');
  return soap(sandbox.url, change(xml));
};

describe('SOAP metadata', () => {
  it('lists what a provider offers, and what a client may call', async () => {
    const listed = readSoapMessage((await ask('listMethods')).text).body;
    expect(listed.name).toBe('listMethodsResponse');
    expect(listed.children.map((service) => service.children.map((part) => part.text).join('/'))).toEqual([
      'SN/GOV/ETATCIVIL/actes/verifierNaissance/v1',
    ]);
    expect(readSoapMessage((await ask('allowedMethods')).text).body.children).toHaveLength(1);
    const stranger = (xml: string): string => xml.replace('>ANACMU<', '>VISITEUR<').replace('>enrolement<', '>essais<');
    expect(readSoapMessage((await ask('allowedMethods', '', stranger)).text).body.children).toHaveLength(0);
    const unknown = (xml: string): string => xml.replace('>enrolement<', '>inconnu<');
    expect(faultCode(await ask('listMethods', '', unknown))).toBe('Server.ClientProxy.UnknownMember');
  });

  it('hands out the WSDL as an attachment', async () => {
    const answer = await ask('getWsdl', '<xrd:serviceCode>verifierNaissance</xrd:serviceCode>');
    expect(answer.headers['content-type']).toMatch(/^multipart\/related;.*boundary="xroad-metadata"/);
    const [, first = '', second = ''] = answer.text.split('--xroad-metadata');
    expect(readSoapMessage(first.slice(first.indexOf('<?xml')).trimEnd()).body.name).toBe('getWsdlResponse');
    expect(second.slice(second.indexOf('<?xml')).trimEnd()).toBe(serviceDescription('etat-civil').trimEnd());
    const other = await ask('getWsdl', '<xrd:serviceCode>autre</xrd:serviceCode>');
    expect(faultCode(other)).toBe('Server.ServerProxy.UnknownService');
  });
});

describe('descriptions', () => {
  const openApi = (service: 'rnu' | 'cni' | 'sigicmu'): OpenApi => JSON.parse(serviceDescription(service)) as OpenApi;

  it('are handed out through getOpenAPI', async () => {
    const answer = await rest(sandbox.url, '/r1/SN/GOV/DAF/cni/getOpenAPI?serviceCode=identite');
    expect(answer.json).toEqual(openApi('cni'));
    const missing = await rest(sandbox.url, '/r1/SN/GOV/DAF/cni/getOpenAPI');
    expect(missing.json.type).toBe('Server.ServerProxy.InvalidRequest');
    const unknown = await rest(sandbox.url, '/r1/SN/GOV/DAF/cni/getOpenAPI?serviceCode=autre');
    expect(unknown.json.type).toBe('Server.ServerProxy.InternalError');
  });

  it('name every operation as fault rules do', () => {
    const operations = (['rnu', 'cni', 'sigicmu'] as const).flatMap((service) =>
      Object.values(openApi(service).paths).flatMap((path) =>
        Object.values(path).map(({ operationId }) => operationId),
      ),
    );
    expect(operations.sort()).toEqual([
      'enregistrerAdhesion',
      'lireMembres',
      'listerAdhesions',
      'listerLots',
      'rechercherAdhesion',
      'rechercherBeneficiaire',
      'rechercherTitulaire',
    ]);
  });

  it('agree with what SIGICMU asks for and answers', async () => {
    const schemas = openApi('sigicmu').components.schemas;
    expect(Object.keys(schemas['DemandeAdhesion']?.properties ?? {})).toEqual(Object.keys(registration()));
    for (const field of schemas['DemandeAdhesion']?.required ?? []) {
      const answer = await register(
        sandbox.url,
        registration({ [field]: undefined, reference: registration()['reference'] }),
      );
      if (field !== 'reference') expect([answer.status, answer.json.champ]).toEqual([422, field]);
    }
    const answer = await register(sandbox.url, registration());
    expect(Object.keys(answer.json)).toEqual(schemas['Adhesion']?.required);
  });

  it('are well-formed XML where they are a WSDL', () => {
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw error;
    });
    const names: string[] = [];
    parser.on('opentag', (tag) => names.push(tag.local));
    parser.write(serviceDescription('etat-civil')).close();
    expect(names).toEqual(expect.arrayContaining(['definitions', 'schema', 'portType', 'binding', 'service']));
  });
});
