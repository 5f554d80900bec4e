import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';

const certificate = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../exchange/support/certificates/${name}.pem`, import.meta.url)), 'utf8');

/** How the relay answers the next mail: takes it, refuses it with a status, or takes it and hangs up without a word. */
export type Behaviour = 'take' | 'hang-up-after-taking' | number;

/** A mail relay with STARTTLS and a password, on 127.0.0.1. */
export interface MailServer {
  /** With user and password. */
  readonly url: string;
  /** Authority of its certificate, PEM. */
  readonly ca: string;
  /** Mails taken, whole. */
  readonly taken: readonly string[];
  /** Answers in turn; `take` once they are used up. */
  behave(...next: readonly Behaviour[]): void;
  close(): Promise<void>;
}

/** Starts one. `plain`: it offers no encryption. */
export async function startMailServer({ plain = false } = {}): Promise<MailServer> {
  const taken: string[] = [];
  let next: Behaviour[] = [];
  const server = new SMTPServer({
    ...(plain ? { disabledCommands: ['STARTTLS'] } : {}),
    allowInsecureAuth: plain,
    key: certificate('server-key'),
    cert: certificate('server-cert'),
    onAuth({ username, password }, _session, done) {
      if (username === 'anacmu' && password === 'p@ss word') done(null, { user: username });
      else done(new Error('no'));
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const behaviour = next.shift() ?? 'take';
        if (typeof behaviour === 'number') {
          done(Object.assign(new Error('refused'), { responseCode: behaviour }));
          return;
        }
        taken.push(Buffer.concat(chunks).toString());
        if (behaviour === 'take') done(null, 'queued as X');
        else for (const connection of server.connections) connection.close();
      });
    },
  });
  server.on('error', () => undefined); // clients that give up are part of the tests
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://anacmu:${encodeURIComponent('p@ss word')}@127.0.0.1:${port}`,
    ca: certificate('server-cert'),
    taken,
    behave: (...answers) => {
      next = [...answers];
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
