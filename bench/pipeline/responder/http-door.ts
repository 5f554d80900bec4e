/**
 * HTTP/1.1 over bare sockets, for requests as our client and its rivals write them: a body of announced length, no
 * chunks. Node's own server costs several times as much a call and would be a part of what is measured.
 */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A request as it came. */
export interface DoorRequest {
  readonly method: string;
  readonly target: string;
  /** Request line and headers. */
  readonly head: string;
  readonly body: Buffer;
}

export interface Door {
  readonly port: number;
  /** How long every answer is held back from now on, ms. */
  hold(ms: number): void;
}

const HEAD_END = '\r\n\r\n';

/** Listens on a free port of 127.0.0.1; `answer` makes the whole answer, headers included. */
export async function openDoor(answer: (request: DoorRequest) => Buffer): Promise<Door> {
  let heldMs = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined); // a caller that is gone
    serve(socket, (request) => {
      const bytes = answer(request);
      if (heldMs === 0) socket.write(bytes);
      else setTimeout(() => socket.writable && socket.write(bytes), heldMs);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, hold: (ms) => void (heldMs = ms) };
}

function serve(socket: Socket, take: (request: DoorRequest) => void): void {
  let waiting: Buffer | null = null;
  socket.on('data', (chunk: Buffer) => {
    let bytes = waiting === null ? chunk : Buffer.concat([waiting, chunk]);
    for (;;) {
      const request = firstRequest(bytes);
      if (request === null) break;
      take(request);
      bytes = bytes.subarray(Buffer.byteLength(request.head, 'latin1') + HEAD_END.length + request.body.length);
    }
    waiting = bytes.length === 0 ? null : bytes;
  });
}

/** Null until the whole of it is there. */
function firstRequest(bytes: Buffer): DoorRequest | null {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const bodyAt = end + HEAD_END.length;
  if (bytes.length < bodyAt + length) return null;
  const [method = '', target = ''] = head.split(' ', 2);
  return { method, target, head, body: bytes.subarray(bodyAt, bodyAt + length) };
}
