import type { Operation } from '../exchange-client.ts';
import { parseMediaType } from '../media-type.ts';
import type { MediaType } from '../media-type.ts';
import { maySoap } from '../soap/read-soap-body.ts';
import { decodeDescribedError, decodeRest } from './decode-rest.ts';
import { decodeSoap } from './decode-soap.ts';
import type { DecodedAnswer } from './decoded-answer.ts';
import { notXRoad } from './not-x-road.ts';
import { readStoredAnswer } from './stored-answer.ts';
import type { StoredAnswer } from './stored-answer.ts';

/** What is known of a stored answer beside its bytes. */
export interface DecodeOptions {
  /** The HTTP head where it was kept apart (names in lower case); the bytes are then the body alone. */
  readonly head?: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  /** Absent: a write, of which less is certain. */
  readonly operation?: Operation;
}

/**
 * Decodes an answer from the bytes somebody kept of it (a whole HTTP response, or its body alone), checked by itself
 * without its request. Never throws: what cannot be read comes back as `unreadable`. The result holds what the answer
 * holds, hence personal data: for the eyes of the person who asked, never for a log.
 */
export function decodeAnswer(bytes: Uint8Array, options: DecodeOptions = {}): DecodedAnswer {
  const stored = options.head === undefined ? readStoredAnswer(bytes) : { ...options.head, body: Buffer.from(bytes) };
  const decoded = decodeStored(stored, options.operation ?? 'write');
  return { ...decoded, ...(stored.status === null ? {} : { status: stored.status }) };
}

function decodeStored(stored: StoredAnswer, operation: Operation): DecodedAnswer {
  const mediaType = parseMediaType(stored.headers['content-type'] ?? null);
  const throughRest = 'x-road-request-hash' in stored.headers || 'x-road-error' in stored.headers;
  if (throughRest || mediaType === null) return decodeRest(stored, operation);
  if (mediaType.essence === 'application/soap+xml') return soapFaultOnly(mediaType, stored);
  if (!maySoap(mediaType)) return decodeRest(stored, operation);
  const decoded = decodeSoap(mediaType, stored);
  if (decoded.code !== 'not-soap' || stored.status !== null) return decoded;
  // A body kept without its head may be the XML form of a REST error.
  return decodeDescribedError(stored.body) ?? decoded;
}

/** No Security Server writes this media type but for a fault; an envelope under it is SOAP 1.2, which X-Road refuses. */
function soapFaultOnly(mediaType: MediaType, stored: StoredAnswer): DecodedAnswer {
  const decoded = decodeSoap({ ...mediaType, essence: 'text/xml' }, stored);
  const isFault = decoded.kind === 'exchange-error' || decoded.kind === 'service-fault';
  return isFault ? decoded : notXRoad('soap', stored.status);
}
