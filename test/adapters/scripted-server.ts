/** A Security Server on 127.0.0.1 that gives the answer it was told to, with the marks a real one would put on it. */
import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the next requests are answered with. */
export type ScriptedReply =
  /** The service's own answer to a REST call. */
  | { kind: 'service'; status: number; body: string; headers?: Readonly<Record<string, string>> }
  /** What stands in `response` of the service's answer to a SOAP call. */
  | { kind: 'soap'; response: string; wrapper?: string }
  /** A SOAP fault of the service itself. */
  | { kind: 'soap-fault'; code: string; detailCode: string }
  /** An error of a Security Server. */
  | { kind: 'xroad-error'; code: string; message: string }
  /** The service's answer, under the message id of somebody else. */
  | { kind: 'swapped'; of: ScriptedReply }
  /** The request was read; nothing comes back. */
  | { kind: 'lost' }
  /** The connection ends in the middle of this answer. */
  | { kind: 'cut'; of: ScriptedReply };

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedServer {
  readonly url: string;
  /** Since the last `answerWith`. */
  readonly received: readonly ReceivedRequest[];
  answerWith(reply: ScriptedReply): void;
  /** As above, but the next request waits for `release` once it has arrived. */
  holdThenAnswerWith(reply: ScriptedReply): HeldRequest;
  stop(): Promise<void>;
}

/** A request the service has, and has not answered. */
export interface HeldRequest {
  readonly arrived: Promise<void>;
  release(): void;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  let reply: ScriptedReply = { kind: 'lost' };
  let received: ReceivedRequest[] = [];
  let hold = (deliverNow: () => void): void => deliverNow();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const arrived = { method: request.method ?? '', target: request.url ?? '', headers: request.headers, body };
      received.push(arrived);
      hold(() => deliver(response, reply, arrived));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get received() {
      return received;
    },
    answerWith(next) {
      reply = next;
      received = [];
      hold = (deliverNow) => deliverNow();
    },
    holdThenAnswerWith(next) {
      reply = next;
      received = [];
      let release = (): void => undefined;
      const arrived = new Promise<void>((resolve) => {
        hold = (deliverNow) => {
          release = deliverNow;
          resolve();
        };
      });
      return { arrived, release: () => release() };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function deliver(response: http.ServerResponse, reply: ScriptedReply, request: ReceivedRequest): void {
  if (reply.kind === 'lost') {
    response.socket?.destroy();
    return;
  }
  const { status, headers, body } = answerTo(request, reply.kind === 'cut' ? reply.of : reply);
  const bytes = Buffer.from(body, 'utf8');
  // One byte more than there is: even an empty answer is seen to be cut.
  const length = reply.kind === 'cut' ? bytes.length + 1 : bytes.length;
  response.writeHead(status, { ...headers, 'Content-Length': length });
  if (reply.kind === 'cut') response.write(bytes, () => response.socket?.destroy());
  else response.end(bytes);
}

function answerTo(request: ReceivedRequest, reply: ScriptedReply): Answer {
  switch (reply.kind) {
    case 'service':
      return { status: reply.status, headers: { ...marksOf(request), ...reply.headers }, body: reply.body };
    case 'soap':
      return xml(soapResponse(request.body, reply.response, reply.wrapper));
    case 'soap-fault':
      return xml(soapFault(reply.code, 'Panne', `<erreur><code>${reply.detailCode}</code></erreur>`));
    case 'xroad-error':
      return request.headers['x-road-client'] === undefined
        ? xml(soapFault(reply.code, reply.message, '<faultDetail>b5c0e6f4-0d0b-4f1c-8f0e-2a9d1c3e4f55</faultDetail>'))
        : restError(reply.code, reply.message);
    case 'swapped':
      return swapped(answerTo(request, reply.of), request);
    case 'lost':
    case 'cut':
      throw new TypeError('nested transport failure');
  }
}

function marksOf(request: ReceivedRequest): Record<string, string> {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'x-road-id': String(request.headers['x-road-id']),
    'x-road-client': String(request.headers['x-road-client']),
    'x-road-service': request.target.split('?')[0]!.split('/').slice(2, 7).join('/'),
    'x-road-request-id': 'f92591a3-6bf0-49b1-987b-0dd78c034cc3',
    'x-road-request-hash': createHash('sha512').update(request.body).digest('base64'),
  };
}

function soapResponse(envelope: string, response: string, wrapper?: string): string {
  const [, opening = '', header = ''] =
    /(<[\w]+:Envelope[^>]*>)<\w+:Header>([\s\S]*)<\/\w+:Header>/.exec(envelope) ?? [];
  const asked = /<\w+:Body>\s*<(?:\w+:)?(\w+)/.exec(envelope)?.[1] ?? '';
  const hash = createHash('sha512').update(envelope).digest('base64');
  const body = wrapper ?? `<response>${response}</response>`;
  return (
    `${opening}<soapenv:Header>${header}<xrd:requestHash>${hash}</xrd:requestHash></soapenv:Header>` +
    `<soapenv:Body><r:${asked}Response xmlns:r="urn:reponse">${body}</r:${asked}Response></soapenv:Body></soapenv:Envelope>`
  );
}

function soapFault(code: string, text: string, detail: string): string {
  const soap = 'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"';
  return (
    `<soap:Envelope ${soap}><soap:Body><soap:Fault><faultcode>${code}</faultcode><faultstring>${text}</faultstring>` +
    `<faultactor/><detail>${detail}</detail></soap:Fault></soap:Body></soap:Envelope>`
  );
}

function restError(code: string, message: string): Answer {
  const body = JSON.stringify({ type: code, message, detail: 'b5c0e6f4-0d0b-4f1c-8f0e-2a9d1c3e4f55' });
  return { status: 500, headers: { 'Content-Type': 'application/json', 'X-Road-Error': code }, body };
}

function swapped(answer: Answer, request: ReceivedRequest): Answer {
  const sent = request.headers['x-road-id'] ?? /<xrd:id>([^<]*)</.exec(request.body)?.[1] ?? '';
  const other = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
  const headers = 'x-road-id' in answer.headers ? { ...answer.headers, 'x-road-id': other } : answer.headers;
  return { ...answer, headers, body: answer.body.replaceAll(String(sent), other) };
}

function xml(text: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>${text}`;
  return { status: 200, headers: { 'Content-Type': 'text/xml;charset=utf-8' }, body };
}
