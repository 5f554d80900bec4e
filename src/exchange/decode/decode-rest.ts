import { decodeText } from '../decode-text.ts';
import { classifyExchangeError } from '../failures/classify-exchange-error.ts';
import { isKnownSegment, parseErrorCode } from '../failures/error-code.ts';
import type { Operation } from '../exchange-client.ts';
import { parseMediaType } from '../media-type.ts';
import { readErrorBody } from '../rest/rest-error-body.ts';
import { classifyServiceStatus } from '../service-status.ts';
import { readReportedFault } from '../soap/fault-origin.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import type { ReportedError } from '../interpretation.ts';
import { answerClass } from './answer-class.ts';
import type { AnswerClass, DecodedAnswer, DecodedHeader } from './decoded-answer.ts';
import { notXRoad } from './not-x-road.ts';
import type { StoredAnswer } from './stored-answer.ts';

const SOAP_TYPES = new Set(['text/xml', 'application/soap+xml']);

/** Bodies that are text; everything else is a file, shown by its size. */
const TEXTUAL = /^text\/|[/+](?:json|xml|yaml|x-www-form-urlencoded)$/;

/** Decodes a REST answer by itself, its status read as that of the operation. Never throws. */
export function decodeRest(answer: StoredAnswer, operation: Operation): DecodedAnswer {
  if (answer.headers['x-road-request-hash'] !== undefined) return decodeServiceAnswer(answer, operation);
  const code = answer.headers['x-road-error'];
  if (code === undefined) return decodeDescribedError(answer.body) ?? notXRoad('rest', answer.status);
  return decodeError(faultIn(answer) ?? readErrorBody(answer.body) ?? { code, text: '', detailId: '' });
}

/** An error of a Security Server kept without its head, of which only the code tells that it is one; or null. */
export function decodeDescribedError(body: Buffer): DecodedAnswer | null {
  const described = readErrorBody(body);
  if (described === null) return null;
  const { origin, segments } = parseErrorCode(described.code);
  return origin !== null && isKnownSegment(segments[0] ?? '') ? decodeError(described) : null;
}

/** The SOAP entrance answers with a fault, whatever was asked. */
function faultIn(answer: StoredAnswer): ReportedError | null {
  const mediaType = parseMediaType(answer.headers['content-type'] ?? null);
  return mediaType !== null && SOAP_TYPES.has(mediaType.essence) ? readReportedFault(mediaType, answer.body) : null;
}

function decodeError({ code, text, detailId }: ReportedError): DecodedAnswer {
  const outcome = answerClass(classifyExchangeError('rest', code, text).class);
  return { protocol: 'rest', kind: 'exchange-error', class: outcome, code, text, detail: detailId };
}

function decodeServiceAnswer(answer: StoredAnswer, operation: Operation): DecodedAnswer {
  const header = decodedHeader(answer.headers);
  const outcome = classOf(answer.status, operation);
  try {
    return { protocol: 'rest', kind: 'answer', class: outcome, header, ...bodyContent(answer) };
  } catch (error) {
    const reason = error instanceof UnreadableAnswerError ? error.reason : 'json';
    return { protocol: 'rest', kind: 'unreadable', class: 'outcome-unknown', code: reason, header };
  }
}

/** Without the contract of the service, a refusal that only its body explains is an answer like any other. */
function classOf(status: number | null, operation: Operation): AnswerClass {
  const verdict = classifyServiceStatus(status ?? 200, operation);
  if (verdict === 'ok' || verdict === 'refusal-read-body') return 'ok';
  return answerClass(verdict === 'unknown' ? verdict : verdict.failure);
}

function bodyContent({ headers, body }: StoredAnswer): Pick<DecodedAnswer, 'body' | 'attachments'> {
  const contentType = headers['content-type'] ?? '';
  const mediaType = parseMediaType(contentType);
  if (mediaType !== null && !TEXTUAL.test(mediaType.essence) && body.length > 0) {
    return { attachments: [{ contentId: '', contentType, bytes: body.length }] };
  }
  const text = decodeText(body, mediaType?.parameters['charset']);
  const isJson = /[/+]json$/.test(mediaType?.essence ?? '') && text !== '';
  return { body: { content: isJson ? (JSON.parse(text) as unknown) : text } };
}

function decodedHeader(headers: Readonly<Record<string, string>>): DecodedHeader {
  const named = [
    ['client', headers['x-road-client']],
    ['service', headers['x-road-service']],
    ['id', headers['x-road-id']],
    ['userId', headers['x-road-userid']],
    ['issue', headers['x-road-issue']],
    ['requestHash', headers['x-road-request-hash']],
  ] as const;
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}
