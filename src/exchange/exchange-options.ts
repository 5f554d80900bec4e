import type { Clock } from '../domain/clock.ts';
import { limitNumbers } from './flow/flow-settings.ts';
import type { DestinationLimit, FlowAlert } from './flow/flow-settings.ts';
import type { BreakerSettings } from './flow/server-breaker.ts';
import type { SubsystemId } from './identifiers.ts';
import type { SecurityServerAddress } from './transport/security-server-pool.ts';

/** Everything the exchange needs to know; durations in milliseconds. */
export interface ExchangeOptions {
  readonly client: SubsystemId;
  /** Technical id of the worker; X-Road recommends the country code as its prefix. */
  readonly userId: string;
  /** In order of preference. */
  readonly securityServers: readonly SecurityServerAddress[];
  readonly deadlines: ExchangeDeadlines;
  /** By destination; a destination that is not named may have 16 calls in flight. */
  readonly limits: Readonly<Record<string, DestinationLimit>>;
  /** How long an idle connection is kept; a Security Server closes its side after 30 s. */
  readonly keepAliveMs: number;
  /** A larger answer is not read. */
  readonly maxBodyBytes: number;
  readonly clock: Clock;
  /** Of each Security Server. Absent: 5 failures in a row, 5 s. */
  readonly breaker?: BreakerSettings;
  /** Whether a person has paused the destination; asked before every call leaves. Absent: none ever is. */
  readonly isPaused?: (destination: string) => boolean;
  /** Told when a destination's breaker opens. */
  readonly onAlert?: (alert: FlowAlert) => void;
  /** Uniform in [0, 1). Absent: `Math.random`. */
  readonly random?: () => number;
  /** Waits for a moment of the rate. Absent: on the real clock. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

export interface ExchangeDeadlines {
  readonly connectMs: number;
  readonly readMs: number;
  /** At least the provider's own time-out (60 s by default) and 30 s, so that the Security Server answers first. */
  readonly writeMs: number;
}

/** Thrown when options are unusable; names every one of them. */
export class ExchangeOptionsError extends Error {
  readonly code = 'exchange-options';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Exchange options: ${faults.join('; ')}`);
    this.name = 'ExchangeOptionsError';
    this.faults = faults;
  }
}

/** The options, frozen. Throws `ExchangeOptionsError`. */
export function checkedOptions(options: ExchangeOptions): ExchangeOptions {
  const { instance, memberClass, memberCode, subsystem } = options.client;
  const faults = [
    ...([instance, memberClass, memberCode, subsystem].some((part) => part.trim() === '')
      ? ['client: blank part']
      : []),
    ...(/^[\x20-\x7e]{1,255}$/.test(options.userId) ? [] : ['userId: 1 to 255 printable ASCII characters']),
    ...(options.securityServers.length === 0 ? ['securityServers: at least one'] : []),
    ...options.securityServers.flatMap(serverFaults),
    ...notPositive('deadlines', { ...options.deadlines }),
    ...notPositive('options', { keepAliveMs: options.keepAliveMs, maxBodyBytes: options.maxBodyBytes }),
    ...Object.entries(options.limits).flatMap(([name, limit]) => notPositive(`limits.${name}`, limitNumbers(limit))),
  ];
  if (faults.length > 0) throw new ExchangeOptionsError(faults);
  return Object.freeze({ ...options });
}

// Addresses may hold credentials: a fault names the place in the list, not the address.
function serverFaults({ url, tls }: SecurityServerAddress, index: number): readonly string[] {
  const where = `securityServers[${index}]`;
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address === null || !/^https?:$/.test(address.protocol)) return [`${where}.url: not http(s)://host[:port]`];
  const bare = address.pathname === '/' && address.search === '' && address.username === '' && address.hash === '';
  return [
    ...(bare ? [] : [`${where}.url: only scheme, host and port`]),
    ...(tls !== undefined && (tls.cert === undefined) !== (tls.key === undefined)
      ? [`${where}.tls: cert and key go together`]
      : []),
  ];
}

function notPositive(where: string, values: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(values)
    .filter(([, value]) => !Number.isInteger(value) || value <= 0)
    .map(([name]) => `${where}.${name}: a positive whole number`);
}
