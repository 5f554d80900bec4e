import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createSocketServer } from 'node:net';
import type { AddressInfo, Server as SocketServer, Socket } from 'node:net';

/** A request as it arrived, header spelling and order kept in `rawHeaders`. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly remotePort: number;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export interface WireServer {
  readonly url: string;
  readonly received: Received[];
  /** Decides every answer from now on. */
  answerWith(next: (request: Received) => Reply | Promise<Reply>): void;
  close(): Promise<void>;
}

export interface ServerTls {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
  readonly requestCert?: boolean;
  readonly rejectUnauthorized?: boolean;
}

/** An HTTP or HTTPS server on 127.0.0.1 that answers what it is told and remembers what it got. */
export async function startWireServer(tls?: ServerTls): Promise<WireServer> {
  const received: Received[] = [];
  let answer: (request: Received) => Reply | Promise<Reply> = () => ({ status: 500 });
  const server: Server = tls === undefined ? createServer() : createTlsServer(tls);
  server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const arrived: Received = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(chunks),
        remotePort: request.socket.remotePort ?? 0,
      };
      received.push(arrived);
      void Promise.resolve(arrived)
        .then((asked) => answer(asked))
        .then(({ status = 200, headers = {}, body = '' }) => {
          response.writeHead(status, headers as Record<string, string | string[]>);
          response.end(body);
        })
        // A case that cannot be played shows as a lost connection, at once.
        .catch(() => response.destroy());
    });
  });
  const port = await listen(server);
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    received,
    answerWith: (next) => {
      answer = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export interface RawServer {
  readonly url: string;
  readonly connections: number;
  close(): Promise<void>;
}

/** A bare socket server: what the peer does with each connection is up to the test. */
export async function startRawServer(onConnection: (socket: Socket, index: number) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    // A peer that is cut off gets resets; they are the point of the test.
    socket.on('error', () => undefined);
    onConnection(socket, connections++);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    get connections() {
      return connections;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Calls back once the whole request has come in, judged by its `Content-Length`. */
export function onWholeRequest(socket: Socket, then: (request: string) => void): void {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const headEnd = text.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (headEnd === -1 || text.length < headEnd + 4 + length) return;
    const request = text;
    text = '';
    then(request);
  });
}

/** An address where nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createSocketServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

function listen(server: SocketServer): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
