import { createHash } from 'node:crypto';
import { restRequestHash } from './rest-hash.ts';
import type { Received, Reply } from './wire-server.ts';

export const REQUEST_ID = '0b9d0a30-3d0e-4f4b-8f1a-2a3a5b6c7d8e';

export type Headers = Record<string, string | readonly string[]>;

/** The five headers a Security Server appends to a service's answer. */
export function echoHeaders(request: Received): Headers {
  const [, , instance, memberClass, member, subsystem, service] = request.url.split(/[/?]/);
  return {
    'x-road-id': String(request.headers['x-road-id']),
    'x-road-client': String(request.headers['x-road-client']),
    'x-road-service': [instance, memberClass, member, subsystem, service].join('/'),
    'x-road-request-id': REQUEST_ID,
    'x-road-request-hash': restRequestHash(request, REQUEST_ID),
  };
}

/** The service's own answer, through both Security Servers. */
export function serviceReply(request: Received, body: string | Buffer, status = 200, headers: Headers = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json;charset=utf-8', ...headers, ...echoHeaders(request) },
    body,
  };
}

/** An error of a Security Server on a REST call. */
export function restError(code: string, message: string | null = 'x', status = 500): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'X-Road-Error': code },
    body: JSON.stringify({ type: code, message, detail: '7b1c9f0e-54a0-4c0a-9a51-0f3f9a0b1d22' }),
  };
}

/** A fault of a Security Server on a SOAP call. */
export function soapFault(code: string, text = 'x'): Reply {
  return xmlReply(
    '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/">' +
      `<SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>${code}</faultcode><faultstring>${text}</faultstring><faultactor></faultactor>` +
      '<detail><faultDetail xmlns="">b5c0e6f4-0d0b-4f1c-8f0e-2a9d1c3e4f55</faultDetail></detail>' +
      '</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>',
  );
}

export function xmlReply(body: string | Buffer, contentType = 'text/xml;charset=utf-8'): Reply {
  return { headers: { 'Content-Type': contentType }, body };
}

export const RESPONSE_BODY =
  '<ec:verifierNaissanceResponse xmlns:ec="http://etatcivil.xroad.sn/actes"><response>' +
  '<acte><nom>NDIAYE</nom></acte></response></ec:verifierNaissanceResponse>';

/** A faithful SOAP answer: header copied from the request, hash put after the id. */
export function soapAnswer(request: Received, body = RESPONSE_BODY): string {
  return soapEnvelope(echoedHeader(request), body);
}

export function soapEnvelope(header: string, body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ' +
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" ' +
    `xmlns:id="http://x-road.eu/xsd/identifiers">${header}<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

export function echoedHeader(request: Received): string {
  const sent = request.body.toString('utf8');
  const header = /<soapenv:Header>([\s\S]*)<\/soapenv:Header>/.exec(sent)?.[1] ?? '';
  const hash = createHash('sha512').update(request.body).digest('base64');
  const requestHash = `<xrd:requestHash algorithmId="http://www.w3.org/2001/04/xmlenc#sha512">${hash}</xrd:requestHash>`;
  return `<soapenv:Header>${header.replace('</xrd:id>', `</xrd:id>${requestHash}`)}</soapenv:Header>`;
}
