import { decodeText } from '../decode-text.ts';
import { classifyExchangeError } from '../failures/classify-exchange-error.ts';
import { parseErrorCode } from '../failures/error-code.ts';
import { parseMediaType } from '../media-type.ts';
import { readErrorBody } from '../rest/rest-error-body.ts';
import { classifyServiceStatus } from '../service-status.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import type { ReportedError } from '../interpretation.ts';
import { answerClass } from './decode-soap.ts';
import type { AnswerClass, DecodedAnswer, DecodedHeader } from './decoded-answer.ts';
import type { StoredAnswer } from './stored-answer.ts';

/** Decodes a REST answer by itself. Never throws. */
export function decodeRest(answer: StoredAnswer): DecodedAnswer {
  const status = answer.status === null ? {} : { status: answer.status };
  return { ...decodeByOrigin(answer), ...status };
}

function decodeByOrigin(answer: StoredAnswer): DecodedAnswer {
  if (answer.headers['x-road-request-hash'] !== undefined) return decodeServiceAnswer(answer);
  const code = answer.headers['x-road-error'];
  const described = readErrorBody(answer.body);
  if (code !== undefined) return decodeError(described ?? { code, text: '', detailId: '' });
  // Of an error kept without its head, only the code tells that it is one.
  if (described !== null && parseErrorCode(described.code).origin !== null) return decodeError(described);
  return { protocol: 'rest', kind: 'unreadable', class: 'outcome-unknown', code: 'not-x-road' };
}

function decodeError({ code, text, detailId }: ReportedError): DecodedAnswer {
  const outcome = answerClass(classifyExchangeError('rest', code, text).class);
  return { protocol: 'rest', kind: 'exchange-error', class: outcome, code, text, detail: detailId };
}

function decodeServiceAnswer(answer: StoredAnswer): DecodedAnswer {
  const header = decodedHeader(answer.headers);
  try {
    return {
      protocol: 'rest',
      kind: 'answer',
      class: classOf(answer.status),
      header,
      body: { content: bodyContent(answer) },
    };
  } catch (error) {
    const reason = error instanceof UnreadableAnswerError ? error.reason : 'json';
    return { protocol: 'rest', kind: 'unreadable', class: 'outcome-unknown', code: reason, header };
  }
}

/** Without the contract of the service, a status is read as for a write, the careful way. */
function classOf(status: number | null): AnswerClass {
  const verdict = classifyServiceStatus(status ?? 200, 'write');
  if (verdict === 'ok' || verdict === 'refusal-read-body') return 'ok';
  return answerClass(verdict === 'unknown' ? verdict : verdict.failure);
}

function bodyContent(answer: StoredAnswer): unknown {
  const mediaType = parseMediaType(answer.headers['content-type'] ?? null);
  const text = decodeText(answer.body, mediaType?.parameters['charset']);
  return /[/+]json$/.test(mediaType?.essence ?? '') && text !== '' ? (JSON.parse(text) as unknown) : text;
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
