import { UnreadableAnswerError } from '../unreadable-answer.ts';
import { childNamed } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { NAMESPACES } from './namespaces.ts';
import { ProtocolViolationError } from './protocol-violation.ts';
import { readSoapHeader } from './soap-header.ts';
import type { SoapHeader } from './soap-header.ts';

/** A SOAP 1.1 fault as written; absent children are empty, as a Security Server writes them too. */
export interface SoapFault {
  /** Trimmed. */
  readonly code: string;
  readonly text: string;
  readonly actor: string;
  readonly detail: XmlElement | null;
}

/** A fault may come without a header; an answer may not. */
export type SoapMessage =
  | { readonly kind: 'answer'; readonly header: SoapHeader; readonly body: XmlElement }
  | { readonly kind: 'fault'; readonly header: XmlElement | null; readonly fault: SoapFault };

/**
 * Reads an envelope by the rules a Security Server applies to any message. Throws `UnreadableAnswerError` when it is
 * no SOAP 1.1 envelope, `ProtocolViolationError` when a rule is broken.
 */
export function readSoapMessage(envelope: XmlElement): SoapMessage {
  if (!isSoap(envelope, 'Envelope')) throw new UnreadableAnswerError('not-soap');
  const header = only(envelope, 'Header', 'DuplicateHeaderField');
  const body = only(envelope, 'Body', 'InvalidBody');
  const fault = body?.children.find((child) => isSoap(child, 'Fault'));
  if (body !== null && fault !== undefined && body.children.length === 1) {
    return { kind: 'fault', header, fault: readFault(fault) };
  }
  if (header === null) throw new ProtocolViolationError('MissingHeader');
  const soapHeader = readSoapHeader(header);
  if (body === null) throw new ProtocolViolationError('MissingBody');
  const [child, ...others] = body.children;
  if (child === undefined || others.length > 0) throw new ProtocolViolationError('InvalidBody');
  return { kind: 'answer', header: soapHeader, body: child };
}

/** Throws `ProtocolViolationError` unless the body is the response of the service the header names. */
export function requireResponseTo(serviceCode: string, body: XmlElement): void {
  if (body.name !== `${serviceCode}Response`) throw new ProtocolViolationError('InconsistentHeaders');
}

// Children of a fault are taken by local name alone: stacks qualify them, prefix them or neither.
function readFault(fault: XmlElement): SoapFault {
  return {
    code: childNamed(fault, 'faultcode')?.text.trim() ?? '',
    text: childNamed(fault, 'faultstring')?.text ?? '',
    actor: childNamed(fault, 'faultactor')?.text ?? '',
    detail: childNamed(fault, 'detail') ?? null,
  };
}

function only(envelope: XmlElement, name: string, rule: 'DuplicateHeaderField' | 'InvalidBody'): XmlElement | null {
  const [first, ...others] = envelope.children.filter((child) => isSoap(child, name));
  if (others.length > 0) throw new ProtocolViolationError(rule);
  return first ?? null;
}

function isSoap(element: XmlElement, name: string): boolean {
  return element.name === name && element.namespace === NAMESPACES.soapenv;
}
