import { parseMediaType } from '../media-type.ts';
import { maySoap } from '../soap/read-soap-body.ts';
import { decodeRest } from './decode-rest.ts';
import { decodeSoap } from './decode-soap.ts';
import type { DecodedAnswer } from './decoded-answer.ts';
import { readStoredAnswer } from './stored-answer.ts';

/**
 * Decodes an answer from the bytes somebody kept of it (a whole HTTP response, or its body alone), checked by itself
 * without its request. Never throws: what cannot be read comes back as `unreadable`. The result holds what the answer
 * holds, hence personal data: for the eyes of the person who asked, never for a log.
 */
export function decodeAnswer(bytes: Uint8Array): DecodedAnswer {
  const stored = readStoredAnswer(bytes);
  const mediaType = parseMediaType(stored.headers['content-type'] ?? null);
  const throughRest = 'x-road-request-hash' in stored.headers || 'x-road-error' in stored.headers;
  if (throughRest || mediaType === null || !maySoap(mediaType)) return decodeRest(stored);
  return { ...decodeSoap(mediaType, stored.body), ...(stored.status === null ? {} : { status: stored.status }) };
}
