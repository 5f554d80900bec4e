/** The one place that opens a connection to Redis: address, certificate authority and Sentinel are the same everywhere. */
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { SettingReader } from './setting-reader.ts';

/** How Redis is reached, beside its address. */
export interface RedisReach {
  /** PEM file of the authority that signed the certificates of Redis; null: the authorities Node knows. */
  readonly caFile: string | null;
  /** Empty: the address is that of Redis itself. */
  readonly sentinels: readonly SentinelAddress[];
  /** What the Sentinels call the group of which they name the master. */
  readonly sentinelName: string;
  readonly sentinelPassword: string | null;
}

export interface SentinelAddress {
  readonly host: string;
  readonly port: number;
}

/** An address and no more. */
export const DIRECT: RedisReach = { caFile: null, sentinels: [], sentinelName: '', sentinelPassword: null };

/** Declares the settings beside REDIS_URL. */
export function declareRedisReach(read: SettingReader, url: string | null): RedisReach {
  const caFile = read.optional('REDIS_TLS_CA', 'autorité qui a signé le certificat de Redis (PEM) ; avec rediss://');
  const words = read.list(
    'REDIS_SENTINELS',
    '',
    'adresses hôte:port des Sentinel ; REDIS_URL garde le protocole, l’utilisateur, le mot de passe et la base, son adresse est ignorée',
  );
  const sentinels = words.flatMap((word) => sentinelAddress(word) ?? []);
  if (sentinels.length < words.length) read.fault('REDIS_SENTINELS', 'attend des adresses hôte:port');
  if (url === null && (words.length > 0 || caFile !== null))
    read.fault('REDIS_URL', 'manque, alors que REDIS_SENTINELS ou REDIS_TLS_CA est donné');
  if (url !== null && caFile !== null && !url.startsWith('rediss://'))
    read.fault('REDIS_TLS_CA', 'n’a d’effet qu’avec une adresse rediss://');
  return {
    caFile,
    sentinels,
    sentinelName: read.text('REDIS_SENTINEL_NAME', 'mymaster', 'nom du groupe que suivent les Sentinel'),
    sentinelPassword: read.optional('REDIS_SENTINEL_PASSWORD', 'mot de passe des Sentinel eux-mêmes'),
  };
}

/** What differs between the connections of one process. */
export interface RedisPatience {
  /** Null: a command waits as long as it takes, as workers must. */
  readonly maxRetriesPerRequest?: number | null;
  readonly commandTimeout?: number;
  readonly connectTimeout?: number;
  readonly keepAlive?: number;
}

/** Between two rounds over all Sentinels when none names a master, ms. */
const LONGEST_SENTINEL_PAUSE_MS = 2_000;

/**
 * Opens a connection. With Sentinels they are asked for the master each time it connects, so that a fail-over is followed
 * by itself. `once`: gives up instead of trying again, for whoever only looks. Throws what reading the PEM file throws.
 */
export function connectRedis(
  url: string,
  reach: RedisReach,
  { once = false, ...patience }: RedisPatience & { readonly once?: boolean },
): Redis {
  const tls = url.startsWith('rediss://') ? tlsOptions(reach) : null;
  return new Redis(url, {
    ...patience,
    ...(once ? { lazyConnect: true, enableReadyCheck: false, maxRetriesPerRequest: 0, retryStrategy: () => null } : {}),
    ...(tls === null ? {} : { tls }),
    ...(reach.sentinels.length === 0 ? {} : sentinelOptions(reach, tls, once)),
  });
}

/** Closes a connection. One that has ended already would keep the process for two seconds more. */
export function closeRedis(redis: Redis | null): void {
  if (redis !== null && redis.status !== 'end') redis.disconnect();
}

function tlsOptions({ caFile }: RedisReach): { readonly ca?: string } {
  return caFile === null ? {} : { ca: readFileSync(caFile, 'utf8') };
}

interface SentinelOptions {
  readonly sentinels: SentinelAddress[];
  readonly name: string;
  readonly sentinelPassword?: string;
  readonly sentinelTLS?: { readonly ca?: string };
  readonly enableTLSForSentinelMode?: boolean;
  readonly sentinelRetryStrategy: (round: number) => number | null;
}

function sentinelOptions(
  { sentinels, sentinelName, sentinelPassword }: RedisReach,
  tls: { readonly ca?: string } | null,
  once: boolean,
): SentinelOptions {
  return {
    sentinels: [...sentinels],
    name: sentinelName,
    ...(sentinelPassword === null ? {} : { sentinelPassword }),
    // Who protects Redis by TLS protects its Sentinels: they decide where passwords are sent.
    ...(tls === null ? {} : { sentinelTLS: tls, enableTLSForSentinelMode: true }),
    sentinelRetryStrategy: (round) => (once ? null : Math.min(100 * round, LONGEST_SENTINEL_PAUSE_MS)),
  };
}

function sentinelAddress(word: string): SentinelAddress | null {
  const match = /^(\[[0-9a-fA-F:]+\]|[^:\s/]+):(\d{1,5})$/.exec(word);
  if (match === null) return null;
  const [, host = '', port] = match;
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
