import { createHash } from 'node:crypto';
import type { CallContext } from '../../domain/partner-call.ts';
import type { Caller } from '../caller.ts';
import type { SoapCall } from '../exchange-client.ts';
import { serviceParts, subsystemParts } from '../identifier-parts.ts';
import { InvalidCallError } from '../invalid-call.ts';
import { requireMessageId, requirePrintable } from '../message-fields.ts';
import type { WireRequest } from '../transport/wire.ts';
import type { XmlElement } from '../xml-element.ts';
import { NAMESPACES, OBJECT_TYPE } from './namespaces.ts';
import { parentElement, textElement } from './new-element.ts';
import { writeXmlByShape } from './shape-templates.ts';

/** What was sent, kept until the answer is there to be compared with it. */
export interface SentSoap {
  readonly wire: WireRequest;
  readonly client: readonly string[];
  /** With the version as last part, when there is one. */
  readonly service: readonly string[];
  readonly id: string;
  readonly userId: string;
  readonly issue: string;
  /** Base64 of SHA-512 over the exact bytes of the envelope. */
  readonly requestHash: string;
  readonly serviceCode: string;
}

/** A SOAP call as it goes on the wire. Throws `InvalidCallError` when it cannot be written faithfully. */
export function soapRequest(call: SoapCall, context: CallContext, caller: Caller): SentSoap {
  if (!call.body.name.startsWith(call.service.serviceCode)) throw new InvalidCallError('body is not the service code');
  const version = call.service.serviceVersion;
  const fields = {
    client: subsystemParts(caller.client),
    service: [...serviceParts(call.service), ...(version === undefined ? [] : [version])],
    id: requireMessageId(context.messageId),
    userId: requirePrintable('userId', caller.userId),
    issue: requirePrintable('issue', context.issue),
    serviceCode: call.service.serviceCode,
  };
  const envelope = parentElement(NAMESPACES.soapenv, 'Envelope', [
    parentElement(NAMESPACES.soapenv, 'Header', headerElements(fields)),
    parentElement(NAMESPACES.soapenv, 'Body', [call.body]),
  ]);
  const bytes = Buffer.from(writeXmlByShape(envelope), 'utf8');
  return { ...fields, requestHash: soapRequestHash(bytes), wire: wireRequest(bytes) };
}

/** The value a provider's Security Server puts in `requestHash` for these bytes. */
export function soapRequestHash(envelope: Uint8Array): string {
  return createHash('sha512').update(envelope).digest('base64');
}

function wireRequest(body: Buffer): WireRequest {
  return {
    method: 'POST',
    path: '/',
    headers: { 'Content-Type': 'text/xml; charset=UTF-8', SOAPAction: '""' },
    body,
  };
}

function headerElements(fields: Pick<SentSoap, 'client' | 'service' | 'id' | 'userId' | 'issue'>): XmlElement[] {
  const { xrd } = NAMESPACES;
  return [
    identifier('client', 'SUBSYSTEM', CLIENT_PARTS, fields.client),
    identifier('service', 'SERVICE', SERVICE_PARTS, fields.service),
    textElement(xrd, 'id', fields.id),
    textElement(xrd, 'userId', fields.userId),
    textElement(xrd, 'issue', fields.issue),
    textElement(xrd, 'protocolVersion', '4.0'),
  ];
}

const CLIENT_PARTS = ['xRoadInstance', 'memberClass', 'memberCode', 'subsystemCode'];
const SERVICE_PARTS = [...CLIENT_PARTS, 'serviceCode', 'serviceVersion'];

function identifier(name: string, type: string, partNames: readonly string[], parts: readonly string[]): XmlElement {
  const children = parts.map((part, index) => textElement(NAMESPACES.id, partNames[index] ?? '', part));
  return parentElement(NAMESPACES.xrd, name, children, { [OBJECT_TYPE]: type });
}
