import { isKnownSegment, parseErrorCode } from '../failures/error-code.ts';
import type { ReportedError } from '../interpretation.ts';
import type { MediaType } from '../media-type.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import { childNamed } from '../xml-element.ts';
import { ProtocolViolationError } from './protocol-violation.ts';
import { readSoapBody } from './read-soap-body.ts';
import { readSoapMessage } from './soap-message.ts';
import type { SoapFault } from './soap-message.ts';

/**
 * Whether a fault is X-Road's own. The service's faults come unsigned through the same door: theirs are qualified
 * names, or plain ones that are not codes of X-Road.
 */
export function isExchangeFault(fault: SoapFault): boolean {
  if (fault.code.includes(':')) return false;
  const { origin, segments } = parseErrorCode(fault.code);
  return origin !== null && isKnownSegment(segments[0] ?? '');
}

/** A fault as a reported error. */
export function reportedError(fault: SoapFault): ReportedError {
  const detailId = fault.detail === null ? '' : (childNamed(fault.detail, 'faultDetail')?.text.trim() ?? '');
  return { code: fault.code, text: fault.text, detailId };
}

/** The fault in a response to something that was not SOAP; null when it holds none that can be read. */
export function readReportedFault(mediaType: MediaType, body: Buffer): ReportedError | null {
  try {
    const message = readSoapMessage(readSoapBody(xmlOf(mediaType), body).envelope);
    return message.kind === 'fault' ? reportedError(message.fault) : null;
  } catch (error) {
    if (error instanceof UnreadableAnswerError || error instanceof ProtocolViolationError) return null;
    throw error;
  }
}

function xmlOf(mediaType: MediaType): MediaType {
  return { essence: 'text/xml', parameters: mediaType.parameters };
}
