import type { PartnerName } from '../../config.ts';
import { systemClock } from '../../domain/clock.ts';
import { createExchangeMetadata, type ExchangeMetadata } from '../../exchange/metadata/exchange-metadata.ts';
import { parseSubsystemId } from '../../exchange/parse-identifier.ts';
import type { TlsFiles } from '../../exchange/transport/tls-files.ts';

/** What the probes of the exchange need to know. */
export interface ExchangeSettings {
  readonly client: string;
  readonly userId: string;
  readonly securityServers: readonly string[];
  readonly tls: TlsFiles;
  readonly connectMs: number;
  readonly services: Readonly<Record<PartnerName, string>>;
  /** Health ports, `http://host:port`; empty when none is configured. */
  readonly healthUrls: readonly string[];
}

/** A metadata call is answered in milliseconds; beyond this the server is ill, whatever patience calls have. */
const READ_MS = 10_000;

/** Asks one Security Server alone, so that a finding is about that one. Closes its connections afterwards. */
export async function withMetadata<T>(
  settings: ExchangeSettings,
  securityServers: readonly string[],
  ask: (metadata: ExchangeMetadata) => Promise<T>,
): Promise<T> {
  const metadata = createExchangeMetadata({
    client: parseSubsystemId(settings.client),
    userId: settings.userId,
    securityServers: securityServers.map((url) => ({ url, tls: settings.tls })),
    deadlines: { connectMs: settings.connectMs, readMs: READ_MS, writeMs: READ_MS },
    limits: {},
    keepAliveMs: 1_000,
    maxBodyBytes: 16 * 1024 * 1024,
    clock: systemClock,
  });
  try {
    return await ask(metadata);
  } finally {
    await metadata.close();
  }
}
