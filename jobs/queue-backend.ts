import { Redis } from 'ioredis';

/** Where the queues live: Redis in production, the product's own PostgreSQL where nothing else is at hand. */
export type QueueBackend =
  | { readonly kind: 'redis'; readonly url: string; readonly prefix: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly schema: string };

export type RedisBackend = Extract<QueueBackend, { kind: 'redis' }>;
export type PostgresBackend = Extract<QueueBackend, { kind: 'postgres' }>;

/** A Redis that could drop jobs by itself. The operator must change its settings; the message says which. */
export class QueueBackendUnfit extends Error {
  readonly code = 'FILE_INADAPTEE';
}

/** Redis does not answer, or not to us. Nothing was started; what is due stays due in Postgres. */
export class RedisUnreachable extends Error {
  readonly code = 'REDIS_INJOIGNABLE';
  readonly remedy = 'Vérifiez que Redis tourne et que REDIS_URL (adresse, mot de passe, TLS) est juste.';
}

/** Refuses a backend that could lose jobs silently. Throws {@link QueueBackendUnfit} and {@link RedisUnreachable}. */
export async function checkBackend(backend: QueueBackend): Promise<void> {
  if (backend.kind === 'postgres') return;
  const redis = new Redis(backend.url, { maxRetriesPerRequest: 1, connectTimeout: 5_000, lazyConnect: true });
  redis.on('error', () => undefined); // the awaited command below reports it
  try {
    const memory = await memoryOf(redis);
    const policy = /maxmemory_policy:(\S+)/.exec(memory)?.[1];
    if (policy !== undefined && policy !== 'noeviction')
      throw new QueueBackendUnfit(
        `Redis applique « maxmemory-policy ${policy} » : des travaux pourraient disparaître. Réglez « noeviction ».`,
      );
  } finally {
    redis.disconnect();
  }
}

async function memoryOf(redis: Redis): Promise<string> {
  try {
    await redis.connect();
    return await redis.info('memory');
  } catch (cause) {
    throw new RedisUnreachable('Redis ne répond pas.', { cause });
  }
}
