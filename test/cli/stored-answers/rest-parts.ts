/** Heads and bodies of REST answers, and what they are decoded to. */
import { DETAIL_ID, HASH } from './soap-parts.ts';
import type { KeptHead } from './stored-case.ts';

type Headers = Readonly<Record<string, string | readonly string[]>>;

export const MARKS = {
  'x-road-id': 'essai-1',
  'x-road-client': 'SN/GOV/ANACMU/enrolement',
  'x-road-service': 'SN/GOV/DAF/cni/identite',
  'x-road-request-id': '0b9d0a30-3d0e-4f4b-8f1a-2a3a5b6c7d8e',
  'x-road-request-hash': HASH,
};
export const HEADER = {
  client: MARKS['x-road-client'],
  service: MARKS['x-road-service'],
  id: 'essai-1',
  requestHash: HASH,
};
export const JSON_TYPE = { 'content-type': 'application/json' };

/** An answer that crossed both Security Servers. */
export const crossed = (status: number, headers: Headers = JSON_TYPE): KeptHead => ({
  status,
  headers: { ...headers, ...MARKS },
});
/** An answer without any mark of X-Road. */
export const unmarked = (status: number, contentType = 'text/html'): KeptHead => ({
  status,
  headers: { 'content-type': contentType },
});
export const refused = (code: string, status = 500, headers: Headers = JSON_TYPE): KeptHead => ({
  status,
  headers: { ...headers, 'X-Road-Error': code },
});
export const errorBody = (code: string, message: string | null = 'x'): string =>
  JSON.stringify({ type: code, message, detail: DETAIL_ID });
export const xmlError = (code: string): string =>
  `<?xml version="1.0"?><error><type>${code}</type><message>x</message><detail>${DETAIL_ID}</detail></error>`;

export const answer = (outcome: string): object => ({
  protocol: 'rest',
  kind: 'answer',
  class: outcome,
  header: HEADER,
});
export const ok = (content: unknown): object => ({ ...answer('ok'), body: { content } });
export const nothing = (code: string, outcome = 'outcome-unknown'): object => ({
  protocol: 'rest',
  kind: 'unreadable',
  class: outcome,
  code,
});
export const failed = (code: string, outcome: string, text = 'x'): object => ({
  protocol: 'rest',
  kind: 'exchange-error',
  class: outcome,
  code,
  text,
  detail: DETAIL_ID,
});
