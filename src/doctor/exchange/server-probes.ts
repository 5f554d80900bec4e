import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { parseSubsystemId } from '../../exchange/parse-identifier.ts';
import { subsystemParts } from '../../exchange/identifier-parts.ts';
import { bad, good, unjudged, type Finding, type Probe } from '../check.ts';
import { errorLabel } from '../error-label.ts';
import { clockSkew } from './clock-skew.ts';
import { withMetadata, type ExchangeSettings } from './exchange-settings.ts';
import { failedCall } from './failed-call.ts';
import { tlsFinding } from './tls-finding.ts';

/** Looks at each Security Server by itself: connection, TLS, registration, clock, health port. */
export function serverProbes(settings: ExchangeSettings): readonly Probe[] {
  if (settings.securityServers.length === 0) return [{ name: 'serveurs de sécurité', look: noServer }];
  return [
    ...settings.securityServers.flatMap((address): readonly Probe[] => {
      if (!URL.canParse(address)) return [{ name: `serveur de sécurité ${address}`, look: notAnAddress }];
      const url = new URL(address);
      const name = `serveur de sécurité ${url.host}`;
      return [
        { name: `${name} : connexion`, look: () => connection(url, settings.connectMs) },
        { name: `${name} : TLS`, look: () => tlsFinding(url, settings.tls) },
        { name: `${name} : inscription`, look: () => registration(settings, address) },
        { name: `${name} : horloge`, look: () => clockSkew(url, settings.tls) },
      ];
    }),
    ...healthProbes(settings.healthUrls),
  ];
}

const noServer = (): Finding =>
  bad(
    'aucun n’est configuré',
    'Indiquez XROAD_SECURITY_SERVERS, ou lancez « pnbsf-cmu simulate » pour un bac à sable.',
  );

const notAnAddress = (): Finding =>
  bad('ce n’est pas une adresse', 'XROAD_SECURITY_SERVERS attend des adresses https://hôte:port.');

/** Port of an address; the protocol's own when none is written. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function connection(url: URL, timeoutMs: number): Promise<Finding> {
  const advice = 'Vérifiez XROAD_SECURITY_SERVERS, le pare-feu, et que le serveur de sécurité est démarré.';
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port: portOf(url), timeout: timeoutMs });
    const end = (finding: Finding): void => {
      socket.destroy();
      resolve(finding);
    };
    socket.on('connect', () => end(good('joignable')));
    socket.on('timeout', () => end(bad(`pas de réponse en ${timeoutMs / 1_000} s`, advice)));
    socket.on('error', (error) => end(bad(`injoignable (${errorLabel(error)})`, advice)));
  });
}

async function registration(settings: ExchangeSettings, address: string): Promise<Finding> {
  const client = parseSubsystemId(settings.client);
  const wanted = subsystemParts(client);
  const context = { messageId: randomUUID(), issue: 'doctor' };
  const result = await withMetadata(settings, [address], (metadata) => metadata.listClients(context));
  if (result.kind !== 'answer') return failedCall(result);
  const registered = result.value.some(
    ({ parts }) => parts.length === wanted.length && parts.every((part, index) => part === wanted[index]),
  );
  if (registered) return good(`${settings.client} est inscrit`);
  return bad(
    `${settings.client} n’est pas parmi les ${result.value.length} membres et sous-systèmes inscrits`,
    'Corrigez XROAD_CLIENT, ou demandez l’inscription du sous-système à l’administrateur du serveur de sécurité.',
  );
}

function healthProbes(urls: readonly string[]): readonly Probe[] {
  if (urls.length === 0) return [{ name: 'sonde de santé X-Road', look: () => unjudged('non configurée') }];
  return urls.map((url) => ({ name: `sonde de santé ${url}`, look: () => health(url) }));
}

/** Any path answers; 200 is able, 503 maintenance, 500 comes with the reason in a few words. */
async function health(url: string): Promise<Finding> {
  const advice = 'Prévenez l’administrateur du serveur de sécurité.';
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    if (answer.status === 200) return good('en état de traiter');
    const reason = (await answer.text()).slice(0, 120);
    return bad(answer.status === 503 ? 'en maintenance' : `hors d’état (HTTP ${answer.status} : ${reason})`, advice);
  } catch (error) {
    return bad(`ne répond pas (${errorLabel(error)})`, advice);
  }
}
