import type { SoapAnswer } from '../exchange-client.ts';
import { NO_EVIDENCE, ownFailure, reportedFailure } from '../interpretation.ts';
import type { Interpretation } from '../interpretation.ts';
import { parseMediaType } from '../media-type.ts';
import { lastHeader } from '../transport/wire.ts';
import type { WireAnswer } from '../transport/wire.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import { isExchangeFault, reportedError } from './fault-origin.ts';
import { ProtocolViolationError } from './protocol-violation.ts';
import { maySoap, readSoapBody } from './read-soap-body.ts';
import type { SoapAttachment } from './read-soap-body.ts';
import { readSoapMessage } from './soap-message.ts';
import type { SoapFault } from './soap-message.ts';
import type { SentSoap } from './soap-request.ts';
import { verifyFaultHeader, verifySoapEcho } from './verify-echo.ts';

const REFUSED_BY_HTTP_SERVER = new Set([400, 414, 431]);

/**
 * Tells an answer from X-Road's faults, the service's faults and everything else. A fault is taken whatever the
 * status; an answer only with 200, the one status a Security Server gives it.
 */
export function interpretSoapAnswer(answer: WireAnswer, sent: SentSoap): Interpretation<SoapAnswer> {
  const mediaType = parseMediaType(lastHeader(answer.headers, 'content-type'));
  if (mediaType === null || !maySoap(mediaType)) return notSoap(answer.status);
  try {
    const { envelope, attachments } = readSoapBody(mediaType, answer.body);
    const message = readSoapMessage(envelope);
    if (message.kind === 'fault') {
      if (isExchangeFault(message.fault)) return reportedFailure('soap', reportedError(message.fault));
      verifyFaultHeader(message.header, sent);
      return serviceFault(message.fault, attachments);
    }
    if (answer.status !== 200) return notSoap(answer.status);
    verifySoapEcho(message, sent);
    const evidence = { ...NO_EVIDENCE, requestHash: message.header.requestHash };
    return { kind: 'answer', value: { body: message.body, serviceFault: null, attachments }, evidence };
  } catch (error) {
    if (error instanceof ProtocolViolationError) return ownFailure('protocol-violation', NO_EVIDENCE, error.rule);
    if (!(error instanceof UnreadableAnswerError)) throw error;
    return answer.status === 200 ? ownFailure('unreadable-answer', NO_EVIDENCE, error.reason) : notSoap(answer.status);
  }
}

function notSoap(status: number): Interpretation<SoapAnswer> {
  return ownFailure(REFUSED_BY_HTTP_SERVER.has(status) ? 'refused-by-http-server' : 'not-x-road');
}

function serviceFault(fault: SoapFault, attachments: readonly SoapAttachment[]): Interpretation<SoapAnswer> {
  return {
    kind: 'answer',
    value: { body: null, serviceFault: { code: fault.code, detail: fault.detail }, attachments },
    evidence: NO_EVIDENCE,
  };
}
