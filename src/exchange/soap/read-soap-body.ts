import { parseMediaType } from '../media-type.ts';
import type { MediaType } from '../media-type.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import type { XmlElement } from '../xml-element.ts';
import { readMultipart } from './mime-multipart.ts';
import type { MimePart } from './mime-multipart.ts';
import { readXml } from './read-xml.ts';
import { xmlText } from './xml-text.ts';

/** A file that came beside an envelope; the body refers to it as `cid:<contentId>`. */
export interface SoapAttachment {
  /** Without angle brackets; empty when the part has none. */
  readonly contentId: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** A readable SOAP response: the root of its XML and what came with it. */
export interface SoapDocument {
  readonly envelope: XmlElement;
  readonly attachments: readonly SoapAttachment[];
}

const SOAP_PART = new Set(['text/xml', 'application/xop+xml']);

/** Whether a response of this media type can be SOAP 1.1 at all; an HTML page of a box on the way cannot. */
export function maySoap(mediaType: MediaType | null): boolean {
  return mediaType !== null && (SOAP_PART.has(mediaType.essence) || mediaType.essence === 'multipart/related');
}

/**
 * Reads a simple or a multipart response (attachments and MTOM alike); the envelope is the first part, whatever
 * `start` says, since that is the part a Security Server reads and signs. Throws `UnreadableAnswerError`.
 */
export function readSoapBody(mediaType: MediaType, bytes: Buffer): SoapDocument {
  if (mediaType.essence !== 'multipart/related') {
    return { envelope: readXml(xmlText(bytes, mediaType.parameters['charset'])), attachments: [] };
  }
  const [root, ...others] = readMultipart(bytes, mediaType.parameters['boundary'] ?? '');
  const rootType = parseMediaType(root?.headers['content-type'] ?? null);
  if (root === undefined || rootType === null || !SOAP_PART.has(rootType.essence)) {
    throw new UnreadableAnswerError('content-type');
  }
  return {
    envelope: readXml(xmlText(root.content, rootType.parameters['charset'])),
    attachments: others.map(attachment),
  };
}

function attachment(part: MimePart): SoapAttachment {
  return {
    contentId: (part.headers['content-id'] ?? '').replace(/^<(.*)>$/, '$1'),
    contentType: part.headers['content-type'] ?? '',
    content: part.content,
  };
}
