import type { XmlElement } from '../xml-element.ts';
import { NAMESPACES, OBJECT_TYPE, SHA512_ALGORITHM } from './namespaces.ts';
import { ProtocolViolationError } from './protocol-violation.ts';

/** The header of a message, values verbatim; null is an absent element, which is not an empty one. */
export interface SoapHeader {
  readonly client: readonly string[];
  readonly service: SoapServiceId;
  readonly id: string;
  readonly userId: string | null;
  readonly issue: string | null;
  /** Whether the message is on behalf of a third party; ours never are. */
  readonly represented: boolean;
  readonly protocolVersion: string;
  /** Trimmed: some stacks wrap it in white space. */
  readonly requestHash: string | null;
}

/** A service as a header names it. */
export interface SoapServiceId {
  readonly parts: readonly string[];
  readonly subsystem: string | null;
  readonly serviceCode: string;
  readonly serviceVersion: string | null;
}

const MEMBER = ['xRoadInstance', 'memberClass', 'memberCode'];
const SUBSYSTEM = [...MEMBER, 'subsystemCode'];
const IDENTIFIER_PARTS = new Set([...SUBSYSTEM, 'serviceCode', 'serviceVersion', 'serverCode']);
const SINGLE_FIELDS = [
  ...['client', 'service', 'id', 'userId', 'issue', 'protocolVersion', 'requestHash', 'securityServer'].map(
    (name) => [NAMESPACES.xrd, name] as const,
  ),
  [NAMESPACES.repr, 'representedParty'] as const,
];

/** Parts an identifier must have and may have, by the kind it says it is. */
const CLIENT_KINDS: Readonly<Record<string, IdentifierShape>> = {
  MEMBER: { required: MEMBER, optional: [] },
  SUBSYSTEM: { required: SUBSYSTEM, optional: [] },
};
const SERVICE_KINDS: Readonly<Record<string, IdentifierShape>> = {
  SERVICE: { required: [...MEMBER, 'serviceCode'], optional: ['subsystemCode', 'serviceVersion'] },
};
const SERVER_KINDS: Readonly<Record<string, IdentifierShape>> = {
  SERVER: { required: [...MEMBER, 'serverCode'], optional: [] },
};
const PART_ORDER = [...SUBSYSTEM, 'serviceCode', 'serviceVersion'];

interface IdentifierShape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** Reads a header by the rules a Security Server applies. Throws `ProtocolViolationError` with the rule broken. */
export function readSoapHeader(header: XmlElement): SoapHeader {
  for (const [namespace, name] of SINGLE_FIELDS) {
    if (fields(header, namespace, name).length > 1) throw new ProtocolViolationError('DuplicateHeaderField');
  }
  const client = inOrder(identifierParts(required(header, 'client'), CLIENT_KINDS));
  const service = serviceId(identifierParts(required(header, 'service'), SERVICE_KINDS));
  checkTargetAndParty(header);
  const id = required(header, 'id').text;
  const protocolVersion = required(header, 'protocolVersion').text;
  if (!protocolVersion.startsWith('4.')) throw new ProtocolViolationError('InvalidProtocolVersion');
  return {
    client,
    service,
    id,
    userId: optional(header, 'userId')?.text ?? null,
    issue: optional(header, 'issue')?.text ?? null,
    represented: fields(header, NAMESPACES.repr, 'representedParty').length > 0,
    protocolVersion,
    requestHash: requestHash(optional(header, 'requestHash')),
  };
}

/** Two optional fields nobody here reads, and whose form a Security Server checks all the same. */
function checkTargetAndParty(header: XmlElement): void {
  const server = optional(header, 'securityServer');
  if (server !== undefined) identifierParts(server, SERVER_KINDS);
  const party = fields(header, NAMESPACES.repr, 'representedParty')[0];
  if (party === undefined) return;
  const codes = fields(party, NAMESPACES.repr, 'partyCode').length;
  if (codes === 0) throw new ProtocolViolationError('MissingHeaderField');
  if (codes > 1 || fields(party, NAMESPACES.repr, 'partyClass').length > 1) {
    throw new ProtocolViolationError('DuplicateHeaderField');
  }
}

function requestHash(element: XmlElement | undefined): string | null {
  if (element === undefined) return null;
  const algorithm = element.attributes['algorithmId'] ?? SHA512_ALGORITHM;
  if (algorithm !== SHA512_ALGORITHM) throw new ProtocolViolationError('RequestHashMismatch');
  return element.text.trim();
}

function identifierParts(
  element: XmlElement,
  kinds: Readonly<Record<string, IdentifierShape>>,
): ReadonlyMap<string, string> {
  const type = element.attributes[OBJECT_TYPE] ?? '';
  const shape = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (shape === undefined) throw new ProtocolViolationError('InvalidXml');
  const parts = new Map<string, string>();
  for (const child of element.children) {
    if (child.namespace !== NAMESPACES.id || !IDENTIFIER_PARTS.has(child.name)) continue;
    if (parts.has(child.name)) throw new ProtocolViolationError('DuplicateHeaderField');
    parts.set(child.name, child.text);
  }
  if (shape.required.some((name) => !parts.has(name))) throw new ProtocolViolationError('MissingHeaderField');
  const allowed = [...shape.required, ...shape.optional];
  if ([...parts.keys()].some((name) => !allowed.includes(name))) throw new ProtocolViolationError('InvalidXml');
  return parts;
}

function inOrder(parts: ReadonlyMap<string, string>): readonly string[] {
  return PART_ORDER.flatMap((name) => parts.get(name) ?? []);
}

function serviceId(parts: ReadonlyMap<string, string>): SoapServiceId {
  return {
    parts: inOrder(parts),
    subsystem: parts.get('subsystemCode') ?? null,
    serviceCode: parts.get('serviceCode') ?? '',
    serviceVersion: parts.get('serviceVersion') ?? null,
  };
}

function required(header: XmlElement, name: string): XmlElement {
  const field = optional(header, name);
  if (field === undefined) throw new ProtocolViolationError('MissingHeaderField');
  return field;
}

function optional(header: XmlElement, name: string): XmlElement | undefined {
  return fields(header, NAMESPACES.xrd, name)[0];
}

function fields(header: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  return header.children.filter((child) => child.name === name && child.namespace === namespace);
}
