import { classifyExchangeError } from '../failures/classify-exchange-error.ts';
import type { MediaType } from '../media-type.ts';
import { isExchangeFault, reportedError } from '../soap/fault-origin.ts';
import { ProtocolViolationError } from '../soap/protocol-violation.ts';
import { readSoapBody } from '../soap/read-soap-body.ts';
import type { SoapAttachment, SoapDocument } from '../soap/read-soap-body.ts';
import { readSoapHeader } from '../soap/soap-header.ts';
import type { SoapHeader } from '../soap/soap-header.ts';
import { readSoapMessage, requireResponseTo } from '../soap/soap-message.ts';
import type { SoapFault } from '../soap/soap-message.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import type { XmlElement } from '../xml-element.ts';
import { answerClass } from './answer-class.ts';
import type { DecodedAnswer, DecodedAttachment, DecodedHeader } from './decoded-answer.ts';
import { elementContent } from './element-content.ts';
import { notXRoad } from './not-x-road.ts';
import type { StoredAnswer } from './stored-answer.ts';

const UNKNOWN = { protocol: 'soap', class: 'outcome-unknown' } as const;

/**
 * Decodes a SOAP answer by itself, without the request it belongs to: the rules of the message, and one child of the
 * body named after the service. A fault counts whatever the status, an answer only with 200. Never throws.
 */
export function decodeSoap(mediaType: MediaType, { status, body }: StoredAnswer): DecodedAnswer {
  const crossed = status === null || status === 200;
  try {
    return decodeDocument(readSoapBody(mediaType, body), crossed) ?? notXRoad('soap', status);
  } catch (error) {
    if (error instanceof ProtocolViolationError) return { ...UNKNOWN, kind: 'violation', code: error.rule };
    if (!(error instanceof UnreadableAnswerError)) throw error;
    return crossed ? { ...UNKNOWN, kind: 'unreadable', code: error.reason } : notXRoad('soap', status);
  }
}

/** Null for an answer with a status no Security Server gives one. */
function decodeDocument({ envelope, attachments }: SoapDocument, crossed: boolean): DecodedAnswer | null {
  const message = readSoapMessage(envelope);
  if (message.kind === 'fault') {
    return { ...decodeFault(message.fault), ...faultHeader(message.header), ...withAttachments(attachments) };
  }
  if (!crossed) return null;
  requireResponseTo(message.header.service.serviceCode, message.body);
  return {
    protocol: 'soap',
    kind: 'answer',
    class: 'ok',
    header: decodedHeader(message.header),
    body: { name: message.body.name, content: elementContent(message.body) },
    ...withAttachments(attachments),
  };
}

function decodeFault(fault: SoapFault): DecodedAnswer {
  const { code, text, actor } = fault;
  if (!isExchangeFault(fault)) {
    const detail = fault.detail === null ? {} : { detail: elementContent(fault.detail) };
    return { ...UNKNOWN, kind: 'service-fault', code, text, actor, ...detail };
  }
  const outcome = answerClass(classifyExchangeError('soap', code, text).class);
  const { detailId } = reportedError(fault);
  return { protocol: 'soap', kind: 'exchange-error', class: outcome, code, text, actor, detail: detailId };
}

/** A fault is relayed as the service wrote it: a header against the rules is left out, not held against it. */
function faultHeader(header: XmlElement | null): { readonly header?: DecodedHeader } {
  if (header === null) return {};
  try {
    return { header: decodedHeader(readSoapHeader(header)) };
  } catch (error) {
    if (error instanceof ProtocolViolationError) return {};
    throw error;
  }
}

function decodedHeader(header: SoapHeader): DecodedHeader {
  return {
    client: header.client.join('/'),
    service: header.service.parts.join('/'),
    id: header.id,
    ...(header.userId === null ? {} : { userId: header.userId }),
    ...(header.issue === null ? {} : { issue: header.issue }),
    protocolVersion: header.protocolVersion,
    ...(header.requestHash === null ? {} : { requestHash: header.requestHash }),
  };
}

function withAttachments(attachments: readonly SoapAttachment[]): { readonly attachments?: DecodedAttachment[] } {
  if (attachments.length === 0) return {};
  return {
    attachments: attachments.map(({ contentId, contentType, content }) => ({
      contentId,
      contentType,
      bytes: content.length,
    })),
  };
}
