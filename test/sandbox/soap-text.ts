/** SOAP requests as text, so that every byte is known. */
import { send, type Answer } from './wire.ts';

const FIELDS = {
  client:
    '<xrd:client id:objectType="SUBSYSTEM"><id:xRoadInstance>SN</id:xRoadInstance><id:memberClass>GOV</id:memberClass>' +
    '<id:memberCode>ANACMU</id:memberCode><id:subsystemCode>enrolement</id:subsystemCode></xrd:client>',
  service:
    '<xrd:service id:objectType="SERVICE"><id:xRoadInstance>SN</id:xRoadInstance><id:memberClass>GOV</id:memberClass>' +
    '<id:memberCode>ETATCIVIL</id:memberCode><id:subsystemCode>actes</id:subsystemCode>' +
    '<id:serviceCode>verifierNaissance</id:serviceCode><id:serviceVersion>v1</id:serviceVersion></xrd:service>',
  id: '<xrd:id>3f1c7a90-5b1d-4e2a-9c44-7d0f6a2b1e55</xrd:id>',
  userId: '<xrd:userId>SN-ANACMU-worker-01</xrd:userId>',
  issue: '<xrd:issue>PNBSF-2026-000123</xrd:issue>',
  protocolVersion: '<xrd:protocolVersion>4.0</xrd:protocolVersion>',
};

export type HeaderName = keyof typeof FIELDS;

/** An envelope with header fields replaced (or removed, with an empty text) and this content in `request`. */
export function envelope(request: string, fields: Partial<Record<HeaderName | 'extra', string>> = {}): string {
  const header = Object.values({ ...FIELDS, ...fields }).join('\n    ');
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers"
    xmlns:ec="http://etatcivil.xroad.sn/actes">
  <soapenv:Header>
    ${header}
  </soapenv:Header>
  <soapenv:Body><ec:verifierNaissance><request>${request}</request></ec:verifierNaissance></soapenv:Body>
</soapenv:Envelope>`;
}

export function soap(url: string, xml: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  return send(url, {
    method: 'POST',
    path: '/',
    headers: { 'Content-Type': 'text/xml; charset=UTF-8', SOAPAction: '""', ...headers },
    body: xml,
  });
}

/** Code of the fault in an answer; null when there is none. */
export function faultCode(answer: Answer): string | null {
  return /<faultcode>([^<]*)<\/faultcode>/.exec(answer.text)?.[1] ?? null;
}
