import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/start-sandbox.ts';
import { birthAct, smallCountry } from './small-country.ts';
import { envelope, faultCode, soap } from './soap-text.ts';
import { send } from './wire.ts';

const BY_NUMBER = '<numeroExtrait>1987-0456</numeroExtrait>';

describe('SOAP through a Security Server', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ registries: smallCountry, seed: 1 });
  });
  afterAll(() => sandbox.stop());

  it('echoes the header as it was sent and puts the hash of the bytes right after the id', async () => {
    const request = envelope(BY_NUMBER, { issue: '<xrd:issue> PNBSF &amp; fils </xrd:issue><!-- dossier -->' });
    const answer = await soap(sandbox.url, request);
    const hash = createHash('sha512').update(request).digest('base64');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/xml;charset=utf-8']);
    expect(answer.text).toContain(
      '<xrd:id>3f1c7a90-5b1d-4e2a-9c44-7d0f6a2b1e55</xrd:id>' +
        `<xrd:requestHash algorithmId="http://www.w3.org/2001/04/xmlenc#sha512">${hash}</xrd:requestHash>`,
    );
    const header = (xml: string): string => /<soapenv:Header>[\s\S]*<\/soapenv:Header>/.exec(xml)?.[0] ?? '';
    expect(header(answer.text).replace(/<xrd:requestHash.*?<\/xrd:requestHash>/, '')).toBe(header(request));
    expect(answer.headers['x-road-id']).toBeUndefined();
  });

  it('replaces a hash the client sent', async () => {
    const answer = await soap(sandbox.url, envelope(BY_NUMBER, { extra: '<xrd:requestHash>abc</xrd:requestHash>' }));
    expect(answer.text.match(/<xrd:requestHash/g)).toHaveLength(1);
    expect(answer.text).not.toContain('abc');
  });

  it('declares the namespace again where the prefix belongs to the id alone', async () => {
    const id = '<id xmlns="http://x-road.eu/xsd/xroad.xsd">m-1</id>';
    const answer = await soap(sandbox.url, envelope(BY_NUMBER, { id }));
    expect(answer.text).toMatch(/<requestHash xmlns="http:\/\/x-road\.eu\/xsd\/xroad\.xsd" algorithmId=/);
  });

  it('reads a byte order mark, a declared charset and a multipart', async () => {
    const xml = envelope(BY_NUMBER);
    expect(faultCode(await soap(sandbox.url, `\uFEFF${xml}`))).toBeNull();
    const latin = Buffer.from(envelope('<nomComplet>Awa Ndiayé</nomComplet>').replace('UTF-8', 'ISO-8859-1'), 'latin1');
    const read = await soap(sandbox.url, latin, { 'Content-Type': 'text/xml; charset=ISO-8859-1' });
    expect(read.text).toContain('<nom>NDIAYE</nom>');
    const parts = `--b1\r\nContent-Type: text/xml; charset=UTF-8\r\n\r\n${xml}\r\n--b1--\r\n`;
    const type = { 'Content-Type': 'multipart/related; type="text/xml"; boundary="b1"' };
    const hash = createHash('sha512').update(xml).digest('base64');
    expect((await soap(sandbox.url, parts, type)).text).toContain(hash);
  });

  it.each([
    ['unquoted SOAPAction', { SOAPAction: 'verifier' }, 'Client.InvalidSoapAction'],
    ['JSON', { 'Content-Type': 'application/json' }, 'Client.InvalidContentType'],
  ])('refuses %s', async (_, headers, code) => {
    expect(faultCode(await soap(sandbox.url, envelope(BY_NUMBER), headers))).toBe(code);
  });

  it('refuses a request without content type and one that is not a POST, always with status 200', async () => {
    const untyped = await send(sandbox.url, { method: 'POST', path: '/', body: envelope(BY_NUMBER) });
    expect([untyped.status, faultCode(untyped)]).toEqual([200, 'Client.InvalidRequest']);
    const get = await send(sandbox.url, { path: '/' });
    expect([get.status, faultCode(get), get.headers['soapaction']]).toEqual([200, 'Client.InvalidHttpMethod', '']);
  });

  const xml = envelope(BY_NUMBER);
  it.each([
    ['broken XML', xml.replace('</soapenv:Body>', ''), 'Client.InvalidSoap'],
    ['a DOCTYPE', xml.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>'), 'Client.InvalidSoap'],
    ['another root', xml.replaceAll('soapenv:Envelope', 'soapenv:Lettre'), 'Client.InvalidSoap'],
    ['SOAP 1.2', xml.replace('http://schemas.xmlsoap.org/soap/envelope/', 'urn:other'), 'Client.InvalidSoap'],
    ['no header', xml.replace(/<soapenv:Header>[\s\S]*<\/soapenv:Header>/, ''), 'Client.MissingHeader'],
    ['no body', xml.replace(/<soapenv:Body>[\s\S]*<\/soapenv:Body>/, ''), 'Client.MissingBody'],
    ['an empty body', xml.replace(/<ec:verif[\s\S]*Naissance>/, ''), 'Client.InvalidBody'],
    ['two children of the body', xml.replace('</soapenv:Body>', '<a/></soapenv:Body>'), 'Client.InvalidBody'],
    ['a body of another service', xml.replaceAll('ec:verifier', 'ec:trouver'), 'Client.InconsistentHeaders'],
    ['no client', envelope(BY_NUMBER, { client: '' }), 'Client.MissingHeaderField'],
    ['no version', envelope(BY_NUMBER, { protocolVersion: '' }), 'Client.MissingHeaderField'],
    ['a repeated field', envelope(BY_NUMBER, { extra: '<xrd:id>b</xrd:id>' }), 'Client.DuplicateHeaderField'],
    ['no objectType', xml.replace('<xrd:client id:objectType="SUBSYSTEM">', '<xrd:client>'), 'Client.InvalidXml'],
    ['version 3', xml.replace('>4.0<', '>3.1<'), 'Client.InvalidProtocolVersion'],
    ['an unknown client', xml.replace('>enrolement<', '>autre<'), 'Server.ClientProxy.UnknownMember'],
    ['an unknown provider', xml.replace('>actes<', '>autres<'), 'Server.ClientProxy.UnknownMember'],
    ['another version of the service', xml.replace('>v1<', '>v2<'), 'Server.ServerProxy.UnknownService'],
  ])('refuses %s', async (_, request, code) => {
    const answer = await soap(sandbox.url, request);
    expect([answer.status, faultCode(answer)]).toEqual([200, code]);
    expect(answer.text).toMatch(/<faultDetail xmlns="">[0-9a-f-]{36}<\/faultDetail>/);
  });

  it('refuses a Security Server nobody knows', async () => {
    const aimed = (code: string): string =>
      '<xrd:securityServer id:objectType="SERVER"><id:xRoadInstance>SN</id:xRoadInstance>' +
      '<id:memberClass>GOV</id:memberClass><id:memberCode>ETATCIVIL</id:memberCode>' +
      `<id:serverCode>${code}</id:serverCode></xrd:securityServer>`;
    expect(faultCode(await soap(sandbox.url, envelope(BY_NUMBER, { extra: aimed('ss1') })))).toBeNull();
    expect(faultCode(await soap(sandbox.url, envelope(BY_NUMBER, { extra: aimed('ss9') })))).toBe(
      'Server.ClientProxy.InvalidSecurityServer',
    );
  });

  it('knows that a REST service is not a SOAP one', async () => {
    const service =
      '<xrd:service id:objectType="SERVICE"><id:xRoadInstance>SN</id:xRoadInstance><id:memberClass>GOV</id:memberClass>' +
      '<id:memberCode>DAF</id:memberCode><id:subsystemCode>cni</id:subsystemCode>' +
      '<id:serviceCode>identite</id:serviceCode></xrd:service>';
    const request = envelope(BY_NUMBER, { service }).replaceAll('ec:verifierNaissance', 'ec:identite');
    expect(faultCode(await soap(sandbox.url, request))).toBe('Server.ServerProxy.ServiceType');
  });

  it('relays a fault of the service as the service wrote it', async () => {
    const answer = await soap(sandbox.url, envelope(''));
    expect([answer.status, faultCode(answer)]).toEqual([200, 'soap:Server']);
    expect(answer.text).toContain('<e:code>EC-400</e:code>');
  });
});

describe('the civil registry', () => {
  const twins = ['Awa', 'Adama'].map((name) =>
    birthAct({ registerNumber: name, givenNames: [name], familyName: 'SARR', birthDate: '2019-02', sex: 'F' }),
  );
  const undated = birthAct({
    extractNumber: 'x',
    registerNumber: '?',
    familyName: 'MBAYE',
    givenNames: ['Rokhaya'],
    birthDate: null,
  });
  const crowd = Array.from({ length: 21 }, (_, index) =>
    birthAct({
      extractNumber: `2001-${index}`,
      familyName: 'DIOP',
      givenNames: ['Fatou'],
      birthDate: '2001',
      motherFamilyName: index < 3 ? 'KANE' : 'FALL',
    }),
  );
  let sandbox: Sandbox;
  beforeAll(async () => {
    const birthActs = [birthAct(), undated, ...twins, ...crowd];
    sandbox = await startSandbox({ registries: { ...smallCountry, birthActs }, seed: 1 });
  });
  afterAll(() => sandbox.stop());

  const acts = async (request: string): Promise<readonly string[]> => {
    const answer = await soap(sandbox.url, envelope(request));
    return [...answer.text.matchAll(/<acte>.*?<numeroRegistre>([^<]*)</g)].map((match) => match[1] ?? '');
  };
  const code = async (request: string): Promise<string | undefined> =>
    /<response><faultCode>([^<]*)</.exec((await soap(sandbox.url, envelope(request))).text)?.[1];

  it('answers every act that carries a number, whole and escaped', async () => {
    const answer = await soap(sandbox.url, envelope(BY_NUMBER));
    expect(answer.text.match(/<acte>/g)).toHaveLength(3);
    expect(answer.text).toContain(
      '<ec:verifierNaissanceResponse xmlns:ec="http://etatcivil.xroad.sn/actes"><response><acte><centre>PODOR</centre>' +
        '<anneeRegistre>1987</anneeRegistre><numeroRegistre>0456</numeroRegistre><nom>NDIAYE</nom>' +
        '<prenoms>Awa Coumba</prenoms><sexe>F</sexe><dateNaissance>1987-03-14</dateNaissance>' +
        '<lieuNaissance>PODOR &amp; environs</lieuNaissance><prenomPere>Moussa</prenomPere>' +
        '<prenomsMere>Fatou</prenomsMere><nomMere>SOW</nomMere><nin>2751198700123</nin>' +
        '<typeActe>NORMALE</typeActe><mentionDeces>false</mentionDeces></acte>',
    );
  });

  it('finds by name in any order, with a spelling of its neighbourhood and a compatible date', async () => {
    expect(await acts('<nomComplet>Ndiaye Awa</nomComplet><dateNaissance>1987</dateNaissance>')).toEqual(['0456']);
    expect(await acts('<nomComplet>Awa NDIAIE</nomComplet><dateNaissance>1987-03</dateNaissance>')).toEqual(['0456']);
    expect(await acts('<nomComplet>Awa Ndiaye</nomComplet>')).toEqual(['0456']);
    expect(await code('<nomComplet>Awa Ndiaye</nomComplet><dateNaissance>1987-04</dateNaissance>')).toBe('EC-404');
    expect(await code('<nomComplet>Awa Ndiaye</nomComplet><sexe>M</sexe>')).toBe('EC-404');
  });

  it('does not let an unknown date stand in the way', async () => {
    expect(await acts('<nomComplet>Rokhaya Mbaye</nomComplet><dateNaissance>1980-01-01</dateNaissance>')).toEqual([
      '?',
    ]);
  });

  it('answers each twin for herself', async () => {
    expect(await acts('<nomComplet>Adama Sarr</nomComplet><dateNaissance>2019-02-03</dateNaissance>')).toEqual([
      'Adama',
    ]);
  });

  it('refuses a page of more than 20 unless the mother narrows it', async () => {
    const crowdQuery = '<nomComplet>Fatou Diop</nomComplet><dateNaissance>2001-01-01</dateNaissance>';
    expect(await code(crowdQuery)).toBe('EC-413');
    expect(await acts(`${crowdQuery}<nomMere>Aminata Kane</nomMere>`)).toHaveLength(3);
  });

  it('says not found inside a normal answer', async () => {
    const answer = await soap(sandbox.url, envelope('<numeroExtrait>0</numeroExtrait>'));
    expect(faultCode(answer)).toBeNull();
    expect(answer.text).toContain('<response><faultCode>EC-404</faultCode><faultString>Acte introuvable</faultString>');
  });
});
