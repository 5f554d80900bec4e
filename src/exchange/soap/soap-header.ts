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
/** Fields that may stand once, by namespace. No name is in both. */
const SINGLE_FIELDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    NAMESPACES.xrd,
    new Set(['client', 'service', 'id', 'userId', 'issue', 'protocolVersion', 'requestHash', 'securityServer']),
  ],
  [NAMESPACES.repr, new Set(['representedParty'])],
]);

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
  const fields = singleFields(header);
  const client = inOrder(identifierParts(required(fields, 'client'), CLIENT_KINDS));
  const service = serviceId(identifierParts(required(fields, 'service'), SERVICE_KINDS));
  checkTargetAndParty(fields);
  const id = required(fields, 'id').text;
  const protocolVersion = required(fields, 'protocolVersion').text;
  if (!protocolVersion.startsWith('4.')) throw new ProtocolViolationError('InvalidProtocolVersion');
  return {
    client,
    service,
    id,
    userId: fields.get('userId')?.text ?? null,
    issue: fields.get('issue')?.text ?? null,
    represented: fields.has('representedParty'),
    protocolVersion,
    requestHash: requestHash(fields.get('requestHash')),
  };
}

type Fields = ReadonlyMap<string, XmlElement>;

function singleFields(header: XmlElement): Fields {
  const found = new Map<string, XmlElement>();
  for (const child of header.children) {
    if (SINGLE_FIELDS.get(child.namespace)?.has(child.name) !== true) continue;
    if (found.has(child.name)) throw new ProtocolViolationError('DuplicateHeaderField');
    found.set(child.name, child);
  }
  return found;
}

/** Two optional fields nobody here reads, and whose form a Security Server checks all the same. */
function checkTargetAndParty(fields: Fields): void {
  const server = fields.get('securityServer');
  if (server !== undefined) identifierParts(server, SERVER_KINDS);
  const party = fields.get('representedParty');
  if (party === undefined) return;
  const codes = partyFields(party, 'partyCode');
  if (codes === 0) throw new ProtocolViolationError('MissingHeaderField');
  if (codes > 1 || partyFields(party, 'partyClass') > 1) {
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
  for (const name of parts.keys())
    if (!shape.required.includes(name) && !shape.optional.includes(name))
      throw new ProtocolViolationError('InvalidXml');
  return parts;
}

function inOrder(parts: ReadonlyMap<string, string>): readonly string[] {
  return PART_ORDER.map((name) => parts.get(name)).filter((part) => part !== undefined);
}

function serviceId(parts: ReadonlyMap<string, string>): SoapServiceId {
  return {
    parts: inOrder(parts),
    subsystem: parts.get('subsystemCode') ?? null,
    serviceCode: parts.get('serviceCode') ?? '',
    serviceVersion: parts.get('serviceVersion') ?? null,
  };
}

function required(fields: Fields, name: string): XmlElement {
  const field = fields.get(name);
  if (field === undefined) throw new ProtocolViolationError('MissingHeaderField');
  return field;
}

function partyFields(party: XmlElement, name: string): number {
  return party.children.filter((child) => child.name === name && child.namespace === NAMESPACES.repr).length;
}
