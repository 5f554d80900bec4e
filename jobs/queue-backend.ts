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

/** Refuses a backend that could lose jobs silently. Throws {@link QueueBackendUnfit}. */
export async function checkBackend(backend: QueueBackend): Promise<void> {
  if (backend.kind === 'postgres') return;
  const redis = new Redis(backend.url, { maxRetriesPerRequest: 1, connectTimeout: 5_000, lazyConnect: true });
  redis.on('error', () => undefined); // the awaited command below reports it
  try {
    await redis.connect();
    const policy = /maxmemory_policy:(\S+)/.exec(await redis.info('memory'))?.[1];
    if (policy !== undefined && policy !== 'noeviction')
      throw new QueueBackendUnfit(
        `Redis applique « maxmemory-policy ${policy} » : des travaux pourraient disparaître. Réglez « noeviction ».`,
      );
  } finally {
    redis.disconnect();
  }
}
