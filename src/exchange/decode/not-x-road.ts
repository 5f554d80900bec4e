import type { Protocol } from '../failures/failure-rule.ts';
import { OWN_FAILURES } from '../failures/own-failures.ts';
import { answerClass } from './answer-class.ts';
import type { DecodedAnswer } from './decoded-answer.ts';

/** What the HTTP server of a Security Server answers by itself, before anything of X-Road has read the request. */
const REFUSED_BY_HTTP_SERVER = new Set([400, 414, 431]);

/** An answer without any mark of X-Road: a refusal by the HTTP server, or something that answered in its place. */
export function notXRoad(protocol: Protocol, status: number | null): DecodedAnswer {
  const code = status !== null && REFUSED_BY_HTTP_SERVER.has(status) ? 'refused-by-http-server' : 'not-x-road';
  return { protocol, kind: 'unreadable', class: answerClass(OWN_FAILURES[code].class), code };
}
