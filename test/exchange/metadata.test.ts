import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createExchangeMetadata } from '../../src/exchange/metadata/exchange-metadata.ts';
import type { ExchangeMetadata } from '../../src/exchange/metadata/exchange-metadata.ts';
import { restError, serviceReply, soapAnswer, soapFault, xmlReply } from './support/answers.ts';
import { context, optionsOf, restGet, soapRead } from './support/calls.ts';
import { ending } from './support/ending.ts';
import { startWireServer } from './support/wire-server.ts';
import type { WireServer } from './support/wire-server.ts';

let server: WireServer;
let metadata: ExchangeMetadata;
beforeAll(async () => {
  server = await startWireServer();
  metadata = createExchangeMetadata(optionsOf([server.url], { breaker: { failures: 1_000_000, openMs: 1 } }));
});
afterAll(async () => {
  await metadata.close();
  await server.close();
});

const json = (body: unknown): { headers: Record<string, string>; body: string } => ({
  headers: { 'Content-Type': 'application/json;charset=utf-8' },
  body: JSON.stringify(body),
});

describe('the registered clients', () => {
  it('are members and subsystems by their parts', async () => {
    server.answerWith(() =>
      json({
        member: [
          {
            id: {
              member_class: 'GOV',
              member_code: 'ANACMU',
              object_type: 'SUBSYSTEM',
              subsystem_code: 'enrolement',
              xroad_instance: 'SN',
            },
            name: 'Agence de la couverture maladie universelle',
          },
          { id: { member_class: 'GOV', member_code: 'DAF', object_type: 'MEMBER', xroad_instance: 'SN' }, name: null },
        ],
      }),
    );
    expect(await metadata.listClients(context, 'SN-DÉV')).toMatchObject({
      kind: 'answer',
      value: [
        { parts: ['SN', 'GOV', 'ANACMU', 'enrolement'], name: 'Agence de la couverture maladie universelle' },
        { parts: ['SN', 'GOV', 'DAF'], name: '' },
      ],
    });
    const request = server.received.at(-1)!;
    expect(request.url).toBe('/listClients?xRoadInstance=SN-D%C3%89V');
    expect(Object.keys(request.headers).filter((name) => name.startsWith('x-road'))).toEqual([]);
  });

  it('are refused with a SOAP fault, whatever was asked for', async () => {
    server.answerWith(() => soapFault('Client.BadRequest'));
    expect(ending(await metadata.listClients(context, 'XX'))).toBe('message Client.BadRequest');
  });

  it.each([
    ['{', 'unknown unreadable-answer.json'],
    ['[]', 'unknown unreadable-answer.json'],
    ['{"member":[1]}', 'unknown unreadable-answer.json'],
    ['{"member":[{}]}', 'unknown unreadable-answer.json'],
  ])('are not read from %s', async (body, expected) => {
    server.answerWith(() => ({ headers: { 'Content-Type': 'application/json' }, body }));
    expect(ending(await metadata.listClients(context))).toBe(expected);
  });

  it('are not read from a page of something else', async () => {
    server.answerWith(() => ({ headers: { 'Content-Type': 'text/html' }, body: '<html>' }));
    expect(ending(await metadata.listClients(context))).toBe('unknown not-x-road');
  });
});

describe('the services of a provider', () => {
  it('REST: with the endpoints we may call', async () => {
    const services = {
      service: [
        {
          service_code: 'identite',
          service_type: 'OPENAPI',
          endpoint_list: [{ method: 'POST', path: '/v1/titulaires/*' }],
        },
        { service_code: 'tout', service_type: 'REST' },
      ],
    };
    server.answerWith((request) => serviceReply(request, JSON.stringify(services)));
    expect(await metadata.restServices('allowedMethods', restGet.service, context)).toMatchObject({
      kind: 'answer',
      value: [
        { serviceCode: 'identite', kind: 'OPENAPI', endpoints: [{ method: 'POST', path: '/v1/titulaires/*' }] },
        { serviceCode: 'tout', kind: 'REST', endpoints: [] },
      ],
    });
    expect(server.received.at(-1)!.url).toBe('/r1/SN/GOV/DAF/cni/allowedMethods');
  });

  it('SOAP: with their versions', async () => {
    const service = (code: string, version: string): string =>
      `<x:service xmlns:x="http://x-road.eu/xsd/xroad.xsd" id:objectType="SERVICE"><id:serviceCode>${code}</id:serviceCode>${version}</x:service>`;
    server.answerWith((request) =>
      xmlReply(
        soapAnswer(
          request,
          `<xrd:listMethodsResponse>${service('verifierNaissance', '<id:serviceVersion>v1</id:serviceVersion>')}${service('extraireActe', '')}</xrd:listMethodsResponse>`,
        ),
      ),
    );
    expect(await metadata.soapServices('listMethods', soapRead.service, context)).toMatchObject({
      kind: 'answer',
      value: [
        { serviceCode: 'verifierNaissance', serviceVersion: 'v1', kind: 'SOAP' },
        { serviceCode: 'extraireActe', serviceVersion: null, kind: 'SOAP' },
      ],
    });
    expect(server.received.at(-1)!.body.toString()).toContain('<soapenv:Body><xrd:listMethods/></soapenv:Body>');
  });

  it('are refused like any call', async () => {
    server.answerWith(() => restError('Server.ClientProxy.UnknownMember'));
    const result = await metadata.restServices('listMethods', restGet.service, context);
    expect(ending(result)).toBe('route Server.ClientProxy.UnknownMember');
  });
});

describe('the description of a service', () => {
  it('OpenAPI: as the service gave it', async () => {
    server.answerWith((request) => serviceReply(request, 'openapi: 3.0.0', 200, { 'Content-Type': 'text/yaml' }));
    expect(await metadata.getOpenApi(restGet.service, context)).toMatchObject({
      kind: 'answer',
      value: { contentType: 'text/yaml', text: 'openapi: 3.0.0' },
    });
    expect(server.received.at(-1)!.url).toBe('/r1/SN/GOV/DAF/cni/getOpenAPI?serviceCode=identite');
  });

  it('WSDL: the attachment', async () => {
    server.answerWith((request) => {
      const root = soapAnswer(request, '<xrd:getWsdlResponse/>');
      return xmlReply(
        `--b\r\nContent-Type: text/xml\r\n\r\n${root}\r\n--b\r\nContent-Type: text/xml\r\n` +
          'Content-Transfer-Encoding: binary\r\nContent-ID: <wsdl=1@x-road.eu>\r\n\r\n<definitions/>\r\n--b--',
        'multipart/related; type="text/xml"; boundary=b',
      );
    });
    expect(await metadata.getWsdl(soapRead.service, context)).toMatchObject({
      kind: 'answer',
      value: { contentType: 'text/xml', text: '<definitions/>' },
    });
    expect(server.received.at(-1)!.body.toString()).toContain(
      '<xrd:getWsdl><xrd:serviceCode>verifierNaissance</xrd:serviceCode><xrd:serviceVersion>v1</xrd:serviceVersion></xrd:getWsdl>',
    );
  });

  it('WSDL: not without its attachment', async () => {
    server.answerWith((request) => xmlReply(soapAnswer(request, '<xrd:getWsdlResponse/>')));
    expect(ending(await metadata.getWsdl(soapRead.service, context))).toBe('unknown unreadable-answer.mime');
  });

  it('WSDL: not from a REST service', async () => {
    server.answerWith(() => soapFault('Server.ServerProxy.ServiceType'));
    expect(ending(await metadata.getWsdl(soapRead.service, context))).toBe('route Server.ServerProxy.ServiceType');
  });
});
