import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { Registries } from '../../../fixtures/sandbox/registries.ts';
import type { VersionMode } from '../../../fixtures/sandbox/security-server/error-spelling.ts';
import type { SandboxOptions } from '../../../fixtures/sandbox/start-sandbox.ts';
import { UsageError, type Call } from '../command.ts';
import { UnusableFile } from '../unusable-file.ts';
import { faultsFrom } from './fault-problems.ts';

const VERSION_MODES: readonly VersionMode[] = ['camel', 'snake', 'mixed', 'mixed-reverse'];
const MOST_SERVERS = 20;
const HIGHEST_PORT = 65_535;

/** What the sandbox is to be, by the options of the call. Throws {@link UsageError} and {@link UnusableFile}. */
export async function sandboxSettings(call: Call, registries: Registries, seed: string): Promise<SandboxOptions> {
  const faults = call.text('faults');
  const tls = call.text('tls');
  const ledger = call.text('ledger');
  const latency = call.text('latency');
  const overcharge = call.text('overcharge');
  return {
    registries,
    seed,
    host: call.text('host') ?? '127.0.0.1',
    port: numberUpTo(call, 'port', 8_080, HIGHEST_PORT),
    healthPort: numberUpTo(call, 'health-port', 0, HIGHEST_PORT),
    securityServers: Math.max(1, numberUpTo(call, 'servers', 1, MOST_SERVERS)),
    versionMode: versionMode(call),
    providerTimeoutMs: call.wholeNumber('provider-timeout', 60_000),
    capabilities: {
      idempotencyKey: !call.on('no-idempotency'),
      searchByReference: !call.on('no-reference-search'),
    },
    ...(faults === null ? {} : { faults: await faultsFrom(faults) }),
    ...(tls === null ? {} : { tls: await tlsFrom(tls) }),
    ...(ledger === null ? {} : { ledgerFile: resolve(ledger) }),
    ...(latency === null ? {} : { latency: latencyFrom(latency) }),
    ...(overcharge === null ? {} : { overcharge: overchargeFrom(overcharge) }),
  };
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function numberUpTo(call: Call, name: string, fallback: number, most: number): number {
  const value = call.wholeNumber(name, fallback);
  if (value > most) throw new UsageError(`--${name} : ${value} dépasse ${most}.`);
  return value;
}

function versionMode(call: Call): VersionMode {
  const asked = call.text('version-mode') ?? 'camel';
  const mode = VERSION_MODES.find((one) => one === asked);
  if (mode === undefined) throw new UsageError(`--version-mode : « ${asked} » n’est pas ${VERSION_MODES.join(', ')}.`);
  return mode;
}

/** `MS` or `MS,jitter`, the same for the four services. */
function latencyFrom(text: string): NonNullable<SandboxOptions['latency']> {
  const [, fixed, jitter] = /^(\d{1,7})(?:,(\d{1,7}))?$/.exec(text) ?? [];
  if (fixed === undefined) throw new UsageError(`--latency : « ${text} » n’est ni MS ni MS,VARIATION.`);
  const model = { fixedMs: Number(fixed), ...(jitter === undefined ? {} : { jitterMs: Number(jitter) }) };
  return { rnu: model, cni: model, 'etat-civil': model, sigicmu: model };
}

function overchargeFrom(text: string): NonNullable<SandboxOptions['overcharge']> {
  const [, rate, amount] = /^(0(?:\.\d+)?|1),(\d{1,9})$/.exec(text) ?? [];
  if (rate === undefined) throw new UsageError(`--overcharge : « ${text} » n’est pas PART,FCFA (exemple : 0.01,3500).`);
  return { rate: Number(rate), amount: Number(amount) };
}

async function tlsFrom(text: string): Promise<NonNullable<SandboxOptions['tls']>> {
  const [certFile = '', keyFile = '', ...others] = text.split(',');
  if (certFile === '' || keyFile === '' || others.length > 0)
    throw new UsageError(`--tls : « ${text} » n’est pas CERTIFICAT,CLÉ.`);
  const tls = { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
  try {
    createSecureContext(tls);
  } catch {
    throw new UnusableFile(
      `« ${certFile} » et « ${keyFile} » ne sont pas un certificat et sa clé.`,
      'Donnez deux fichiers PEM qui vont ensemble.',
    );
  }
  return tls;
}
