import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A server in front of the sandbox. */
export interface FrontServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What a front server makes of an answer. */
export type Alteration = (body: string, path: string) => string;

/** Passes everything on, and lets SIGICMU claim in its answers that these people paid a contribution. */
export function chargeTo(people: readonly string[], sandboxUrl: string): Promise<FrontServer> {
  return alterAnswers(sandboxUrl, (body) => {
    const isCharged = people.some((person) => body.includes(`"referencePersonne":"${person}"`));
    return isCharged ? body.replaceAll('"montantCotisation":0', '"montantCotisation":3500') : body;
  });
}

/** Passes everything on, and alters answers on their way back. */
export async function alterAnswers(sandboxUrl: string, alter: Alteration): Promise<FrontServer> {
  const server = createServer((incoming, outgoing) => {
    // What breaks off behind this server breaks off in front of it.
    pass(alter, sandboxUrl, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function pass(
  alter: Alteration,
  sandboxUrl: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method, headers } = incoming;
  const path = incoming.url ?? '';
  const onward = request(`${sandboxUrl}${path}`, { ...(method ? { method } : {}), headers });
  onward.end(await text(incoming));
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  const told = alter(await text(answer), path);
  outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': Buffer.byteLength(told) });
  outgoing.end(told);
}
