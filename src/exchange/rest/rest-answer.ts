import { decodeText } from '../decode-text.ts';
import type { RestAnswer } from '../exchange-client.ts';
import { NO_EVIDENCE, ownFailure, reportedFailure } from '../interpretation.ts';
import type { AnswerEvidence, Interpretation } from '../interpretation.ts';
import { parseMediaType } from '../media-type.ts';
import { readReportedFault } from '../soap/fault-origin.ts';
import { flatHeaders, lastHeader } from '../transport/wire.ts';
import type { WireAnswer } from '../transport/wire.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import { namesParts } from './identifier-encoding.ts';
import { readErrorBody } from './rest-error-body.ts';
import type { SentIdentifier } from './sent-identifier.ts';

/** What the answer to a REST call must echo. */
export interface SentRest {
  readonly id: string;
  readonly client: SentIdentifier;
  readonly service: SentIdentifier;
}

const SOAP_TYPES = new Set(['text/xml', 'application/soap+xml']);
const REFUSED_BY_HTTP_SERVER = new Set([400, 414, 431]);

/**
 * Tells who answered, then what it means. Only `X-Road-Request-Hash` proves that an answer crossed both Security
 * Servers; a status does not, and neither does `X-Road-Error`, which a service may forge.
 */
export function interpretRestAnswer(answer: WireAnswer, sent: SentRest): Interpretation<RestAnswer> {
  const mediaType = parseMediaType(lastHeader(answer.headers, 'content-type'));
  if ((lastHeader(answer.headers, 'x-road-request-hash') ?? '') !== '') {
    return serviceAnswer(answer, sent, mediaType?.parameters['charset']);
  }
  if (mediaType !== null && SOAP_TYPES.has(mediaType.essence)) {
    const fault = readReportedFault(mediaType, answer.body);
    if (fault !== null) return reportedFailure('rest', fault);
  }
  const code = lastHeader(answer.headers, 'x-road-error');
  if (code !== null) {
    return reportedFailure('rest', readErrorBody(answer.body) ?? { code, text: '', detailId: '' });
  }
  return ownFailure(REFUSED_BY_HTTP_SERVER.has(answer.status) ? 'refused-by-http-server' : 'not-x-road');
}

function serviceAnswer(answer: WireAnswer, sent: SentRest, charset: string | undefined): Interpretation<RestAnswer> {
  const evidence: AnswerEvidence = {
    ...NO_EVIDENCE,
    requestId: lastHeader(answer.headers, 'x-road-request-id'),
    requestHash: lastHeader(answer.headers, 'x-road-request-hash'),
  };
  if (!echoes(answer.headers, sent)) return ownFailure('protocol-violation', evidence, 'EchoMismatch');
  try {
    const body = decodeText(answer.body, charset);
    return { kind: 'answer', value: { status: answer.status, headers: flatHeaders(answer.headers), body }, evidence };
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return ownFailure('unreadable-answer', evidence, error.reason);
    throw error;
  }
}

function echoes(headers: WireAnswer['headers'], sent: SentRest): boolean {
  return (
    lastHeader(headers, 'x-road-id') === sent.id &&
    names(lastHeader(headers, 'x-road-client'), sent.client) &&
    names(lastHeader(headers, 'x-road-service'), sent.service)
  );
}

function names(echoed: string | null, sent: SentIdentifier): boolean {
  return echoed !== null && (echoed === sent.encoded || namesParts(echoed, sent.parts));
}
