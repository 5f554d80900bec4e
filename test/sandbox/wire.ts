/** Calls a sandbox over real connections, with full control over what is sent and nothing hidden in what comes back. */
import http from 'node:http';
import net from 'node:net';

export const CLIENT = 'SN/GOV/ANACMU/enrolement';
export const CNI = '/r1/SN/GOV/DAF/cni/identite';
export const RNU = '/r1/SN/GOV/DGPSN/rnu/menages';
export const SIGICMU = '/r1/SN/GOV/ANACMU/sigicmu/adhesions';

/** The members tests look at, whichever answer they belong to; what an answer lacks is undefined at run time. */
export interface WireJson {
  readonly type: string;
  readonly message: string | null;
  readonly detail: string;
  readonly status: number;
  readonly code: string;
  readonly champ: string;
  readonly codeImmatriculation: string;
  readonly operation: string;
  readonly montantCotisation: number;
  readonly suivant: string | null;
  readonly lots: readonly object[];
  readonly membres: readonly { readonly numeroOrdre: string }[];
  readonly adhesions: readonly { readonly reference: string }[];
  readonly beneficiaires: readonly { readonly codeImmatriculation: string; readonly dateFinc: string }[];
  readonly member: readonly object[];
  readonly service: readonly { readonly service_code: string }[];
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Names and values in the order they came. */
  readonly rawHeaders: readonly string[];
  readonly bytes: Buffer;
  readonly text: string;
  readonly json: WireJson;
}

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One request on a connection of its own. Rejects on anything but a complete answer. */
export function send(url: string, call: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = call.body ?? '';
    const { hostname, port } = new URL(url);
    // The path is given apart: as part of a URL it would be tidied up.
    const request = http.request({
      hostname,
      port,
      path: call.path,
      method: call.method ?? 'GET',
      agent: false,
      headers: { ...call.headers, ...(body.length > 0 ? { 'Content-Length': Buffer.byteLength(body) } : {}) },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(answerOf(response, Buffer.concat(chunks))));
    });
    request.end(body);
  });
}

function answerOf(response: http.IncomingMessage, bytes: Buffer): Answer {
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    rawHeaders: response.rawHeaders,
    bytes,
    text: bytes.toString('utf8'),
    get json() {
      return JSON.parse(bytes.toString('utf8')) as WireJson;
    },
  };
}

/** A REST call as the enrolment client. */
export function rest(url: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return send(url, {
    method: body === undefined ? 'GET' : 'POST',
    path,
    headers: {
      'X-Road-Client': CLIENT,
      'X-Road-Id': 'msg-1',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Registers with the key the contract asks for. */
export function register(url: string, body: Record<string, unknown>): Promise<Answer> {
  return rest(url, `${SIGICMU}/v1/adhesions`, body, { 'Idempotency-Key': `"${String(body['reference'])}"` });
}

/** Bytes in, everything that comes back until the server closes. */
export function rawExchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
