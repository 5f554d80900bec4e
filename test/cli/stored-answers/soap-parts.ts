/** Pieces of SOAP answers as a Security Server hands them over, to be changed one at a time. */
export const HASH = '1mpYPJqb7Ws7Ca1V8u0Qk6NzAFWlI1BLStnxSi0TeqcRMg1dgBlYJ/iKdq3xiEJG78n/FTEnHpk30updewNSFg==';
export const DETAIL_ID = 'b5c0e6f4-0d0b-4f1c-8f0e-2a9d1c3e4f55';

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

const part = (name: string, value: string): string => `<id:${name}>${value}</id:${name}>`;
const member = part('xRoadInstance', 'SN') + part('memberClass', 'GOV');

export const CLIENT =
  `<xrd:client id:objectType="SUBSYSTEM">${member}${part('memberCode', 'ANACMU')}` +
  `${part('subsystemCode', 'enrolement')}</xrd:client>`;
export const SERVICE =
  `<xrd:service id:objectType="SERVICE">${member}${part('memberCode', 'ETATCIVIL')}${part('subsystemCode', 'actes')}` +
  `${part('serviceCode', 'verifierNaissance')}${part('serviceVersion', 'v1')}</xrd:service>`;
const REST_OF_HEADER =
  `<xrd:id>essai-1</xrd:id><xrd:requestHash algorithmId="http://www.w3.org/2001/04/xmlenc#sha512">${HASH}</xrd:requestHash>` +
  '<xrd:userId>SN-agent</xrd:userId><xrd:issue>PNBSF-1</xrd:issue><xrd:protocolVersion>4.0</xrd:protocolVersion>';

export const RESPONSE =
  '<ec:verifierNaissanceResponse xmlns:ec="urn:ec"><response><resultat>CONCORDANT</resultat></response>' +
  '</ec:verifierNaissanceResponse>';

/** A faithful answer with another body, if given. */
export function soapText(body = RESPONSE): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${ENVELOPE}" ` +
    'xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers">' +
    `<soapenv:Header>${CLIENT}${SERVICE}${REST_OF_HEADER}</soapenv:Header>` +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

/** A faithful answer with one thing changed. Throws when there is nothing to change. */
export function changed(from: string | RegExp, to: string): string {
  const text = soapText().replace(from, to);
  if (text === soapText()) throw new Error(`nothing to change: ${String(from)}`);
  return text;
}

/** A fault of a Security Server. */
export function faultText(code: string, text = 'x', prefix = 'SOAP-ENV'): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><${prefix}:Envelope xmlns:${prefix}="${ENVELOPE}"><${prefix}:Body>` +
    `<${prefix}:Fault><faultcode>${code}</faultcode><faultstring>${text}</faultstring><faultactor></faultactor>` +
    `<detail><faultDetail xmlns="">${DETAIL_ID}</faultDetail></detail></${prefix}:Fault></${prefix}:Body></${prefix}:Envelope>`
  );
}

/** A fault of the service itself. */
export function serviceFaultText(fault: string): string {
  return `<s:Envelope xmlns:s="${ENVELOPE}"><s:Body><s:Fault>${fault}</s:Fault></s:Body></s:Envelope>`;
}

export interface PartOptions {
  readonly end?: string;
  readonly boundary?: string;
  readonly closing?: boolean;
}

/** Parts with their head lines, put together as a multipart body. */
export function multipart(
  parts: readonly (readonly [head: readonly string[], content: string])[],
  { end = '\r\n', boundary = 'limite-42', closing = true }: PartOptions = {},
): string {
  const written = parts.map(([head, content]) => [`--${boundary}`, ...head, '', content].join(end));
  return [...written, closing ? `--${boundary}--` : ''].join(end);
}

export const ROOT_HEAD = ['Content-Type: text/xml; charset=UTF-8', 'Content-ID: <rootpart>'];
export const PDF_HEAD = [
  'Content-Type: application/pdf',
  'Content-Transfer-Encoding: base64',
  'Content-ID: <acte-1987-0456>',
];
/** Nine bytes in base64. */
export const PDF = 'JVBERi0xLjQK';
