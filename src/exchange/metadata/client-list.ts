import { NO_EVIDENCE, ownFailure, reportedFailure } from '../interpretation.ts';
import type { Interpretation } from '../interpretation.ts';
import { parseMediaType } from '../media-type.ts';
import { readReportedFault } from '../soap/fault-origin.ts';
import { lastHeader } from '../transport/wire.ts';
import type { WireAnswer } from '../transport/wire.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';

/**
 * `listClients` crosses no X-Road: our Security Server answers itself, without any `X-Road-*` header, and on failure
 * with a SOAP fault and status 200 even when JSON was asked for.
 */
export function interpretClientList<T>(answer: WireAnswer, read: (body: Buffer) => T): Interpretation<T> {
  const mediaType = parseMediaType(lastHeader(answer.headers, 'content-type'));
  if (mediaType?.essence === 'text/xml') {
    const fault = readReportedFault(mediaType, answer.body);
    return fault === null ? ownFailure('not-x-road') : reportedFailure('soap', fault);
  }
  if (answer.status !== 200 || mediaType?.essence !== 'application/json') return ownFailure('not-x-road');
  try {
    return { kind: 'answer', value: read(answer.body), evidence: NO_EVIDENCE };
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return ownFailure('unreadable-answer', NO_EVIDENCE, error.reason);
    throw error;
  }
}
