import type { App } from '../app.ts';
import { readConfig } from '../config.ts';

/** Opens the installation the environment describes, does something with it, and closes it whatever happens. */
export async function withInstallation<T>(use: (app: App) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  // Loaded when it is needed: help and slips of the pen take 0.3 s of CPU instead of 0.7 s.
  const { openApp } = await import('../app.ts');
  const app = await openApp(config);
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}

/** Partners are only needed by what talks to them; a missing address is told before anything starts. */
export class NoSecurityServer extends Error {
  readonly code = 'SERVEUR_DE_SECURITE_ABSENT';
  readonly remedy =
    'Indiquez XROAD_SECURITY_SERVERS (adresse du serveur de sécurité), ou lancez « pnbsf-cmu simulate » pour un bac à sable.';
}

/**
 * Throws {@link NoSecurityServer} when none is configured, and whatever else makes the settings of the exchange unusable:
 * before a run is opened that nobody here could work on.
 */
export function requireSecurityServer(app: App): void {
  if (app.config.exchange.securityServers.length === 0)
    throw new NoSecurityServer('Aucun serveur de sécurité X-Road n’est configuré.');
  app.partners();
}
