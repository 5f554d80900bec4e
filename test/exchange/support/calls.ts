import { systemClock } from '../../../src/domain/clock.ts';
import type { CallContext } from '../../../src/domain/partner-call.ts';
import { createExchangeClient } from '../../../src/exchange/create-exchange-client.ts';
import type { ExchangeClient, RestCall, SoapCall } from '../../../src/exchange/exchange-client.ts';
import type { ExchangeOptions } from '../../../src/exchange/exchange-options.ts';
import type { XmlElement } from '../../../src/exchange/xml-element.ts';

export const ACTES = 'http://etatcivil.xroad.sn/actes';

export const context: CallContext = {
  messageId: '3f1c7a90-5b1d-4e2a-9c44-7d0f6a2b1e55',
  issue: 'PNBSF-2026-000123',
};

export const restRead: RestCall = {
  destination: 'cni',
  operation: 'read',
  service: { instance: 'SN', memberClass: 'GOV', memberCode: 'DAF', subsystem: 'cni', serviceCode: 'identite' },
  method: 'POST',
  path: '/v1/titulaires/recherche',
  body: '{"numeroCni":"1751198700123"}',
};

export const restGet: RestCall = {
  destination: 'rnu',
  operation: 'read',
  service: { instance: 'SN', memberClass: 'GOV', memberCode: 'DAF', subsystem: 'cni', serviceCode: 'identite' },
  method: 'GET',
  path: '/v1/lots',
};

export const restWrite: RestCall = {
  destination: 'sigicmu',
  operation: 'write',
  service: { instance: 'SN', memberClass: 'GOV', memberCode: 'ANACMU', subsystem: 'sigicmu', serviceCode: 'adhesions' },
  method: 'POST',
  path: '/v1/adhesions',
  headers: { 'Idempotency-Key': '"PNBSF-2026:SN-04120199-7/1"' },
  body: '{"reference":"PNBSF-2026:SN-04120199-7/1"}',
};

export const soapRead: SoapCall = {
  destination: 'etat-civil',
  operation: 'read',
  service: {
    instance: 'SN',
    memberClass: 'GOV',
    memberCode: 'ETATCIVIL',
    subsystem: 'actes',
    serviceCode: 'verifierNaissance',
    serviceVersion: 'v1',
  },
  body: element(ACTES, 'verifierNaissance', [element('', 'request', [element('', 'numeroExtrait', [], '1987-0456')])]),
};

export function element(namespace: string, name: string, children: readonly XmlElement[] = [], text = ''): XmlElement {
  return { name, namespace, attributes: {}, children, text };
}

/** A client of these Security Servers with short deadlines, whatever else is asked. */
export function clientOf(urls: readonly string[], more: Partial<ExchangeOptions> = {}): ExchangeClient {
  return createExchangeClient(optionsOf(urls, more));
}

export function optionsOf(urls: readonly string[], more: Partial<ExchangeOptions> = {}): ExchangeOptions {
  return {
    client: { instance: 'SN', memberClass: 'GOV', memberCode: 'ANACMU', subsystem: 'enrolement' },
    userId: 'SN-ANACMU-worker-01',
    securityServers: urls.map((url) => ({ url })),
    deadlines: { connectMs: 5_000, readMs: 20_000, writeMs: 20_000 },
    limits: {},
    keepAliveMs: 10_000,
    maxBodyBytes: 1_000_000,
    clock: systemClock,
    ...more,
  };
}
