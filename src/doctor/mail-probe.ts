import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { bad, good, unjudged, type Finding, type Probe } from './check.ts';
import { errorLabel } from './error-label.ts';

const PATIENCE_MS = 5_000;
const ADVICE = 'Vérifiez SMTP_URL, le pare-feu et que le serveur de courrier est démarré.';

/** Looks whether a mail server greets us at `smtp://host:port` or `smtps://host:port`; nothing is sent. */
export function mailProbe(smtpUrl: string | null): Probe {
  return {
    name: 'courrier (SMTP)',
    look: () => (smtpUrl === null ? unjudged('non configuré') : greeting(smtpUrl)),
  };
}

function greeting(text: string): Finding | Promise<Finding> {
  if (!URL.canParse(text)) return bad('adresse illisible', 'SMTP_URL attend smtp://hôte:port.');
  const url = new URL(text);
  const implicitTls = url.protocol === 'smtps:';
  const target = { host: url.hostname, port: Number(url.port || (implicitTls ? 465 : 587)) };
  return new Promise((resolve) => {
    const socket = implicitTls ? connectTls({ ...target, servername: url.hostname }) : connectPlain(target);
    const end = (finding: Finding): void => {
      socket.destroy();
      resolve(finding);
    };
    socket.setTimeout(PATIENCE_MS, () => end(bad('pas de réponse', ADVICE)));
    socket.on('error', (error) => end(bad(`injoignable (${errorLabel(error)})`, ADVICE)));
    socket.on('close', () => end(bad('connexion fermée sans accueil', ADVICE)));
    socket.on('data', (chunk: Buffer) =>
      end(
        chunk.toString('latin1').startsWith('220')
          ? good('joignable')
          : bad('n’accueille pas comme un serveur SMTP', ADVICE),
      ),
    );
  });
}
