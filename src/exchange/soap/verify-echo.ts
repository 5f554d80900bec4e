import type { XmlElement } from '../xml-element.ts';
import { NAMESPACES } from './namespaces.ts';
import { ProtocolViolationError } from './protocol-violation.ts';
import { requireResponseTo } from './soap-message.ts';
import type { SoapMessage } from './soap-message.ts';
import type { SentSoap } from './soap-request.ts';

type SoapAnswerMessage = Extract<SoapMessage, { kind: 'answer' }>;

/**
 * Throws `ProtocolViolationError` unless the answer echoes what was sent, its hash included. The consumer's Security
 * Server checks the same; doing it again here costs microseconds and catches an answer swapped on the last metre.
 */
export function verifySoapEcho(answer: SoapAnswerMessage, sent: SentSoap): void {
  const { header } = answer;
  const echoed =
    header.id === sent.id &&
    sameParts(header.client, sent.client) &&
    header.service.serviceCode === sent.serviceCode &&
    sameParts(header.service.parts, sent.service) &&
    header.userId === sent.userId &&
    header.issue === sent.issue &&
    !header.represented;
  if (!echoed) throw new ProtocolViolationError('EchoMismatch');
  if (header.requestHash !== sent.requestHash) throw new ProtocolViolationError('RequestHashMismatch');
  requireResponseTo(sent.serviceCode, answer.body);
}

function sameParts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((part, index) => part === right[index]);
}

/**
 * A service's fault is relayed unsigned and often without a header. Where it has one with an id, the id must be ours:
 * throws `ProtocolViolationError` otherwise.
 */
export function verifyFaultHeader(header: XmlElement | null, sent: SentSoap): void {
  const id = header?.children.find((child) => child.name === 'id' && child.namespace === NAMESPACES.xrd);
  if (id !== undefined && id.text !== sent.id) throw new ProtocolViolationError('EchoMismatch');
}
