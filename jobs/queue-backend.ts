import type { Redis } from 'ioredis';
import { closeRedis, connectRedis, DIRECT, type RedisPatience, type RedisReach } from '../src/redis-connection.ts';
import { redisTrouble } from '../src/redis-trouble.ts';

/** Where the queues live: Redis in production, the product's own PostgreSQL where nothing else is at hand. */
export type QueueBackend =
  | { readonly kind: 'redis'; readonly url: string; readonly prefix: string; readonly reach?: RedisReach }
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
  readonly remedy: string;
  constructor(errors: readonly unknown[]) {
    const trouble = redisTrouble(errors);
    super(`Redis est injoignable${trouble === null ? '' : ` : ${trouble.what}`}.`, { cause: errors[0] });
    this.remedy =
      trouble?.remedy ?? 'Vérifiez que Redis tourne et que REDIS_URL (adresse, mot de passe, TLS) est juste.';
  }
}

/** Refuses a backend that could lose jobs silently. Throws {@link QueueBackendUnfit} and {@link RedisUnreachable}. */
export async function checkBackend(backend: QueueBackend): Promise<void> {
  if (backend.kind === 'postgres') return;
  const policy = /maxmemory_policy:(\S+)/.exec(await memoryOf(backend))?.[1];
  if (policy !== undefined && policy !== 'noeviction')
    throw new QueueBackendUnfit(
      `Redis applique « maxmemory-policy ${policy} » : des travaux pourraient disparaître. Réglez « noeviction ».`,
    );
}

/** Opens a connection that lasts to a backend's Redis, for BullMQ or for the product itself. */
export function connectBackend({ url, reach = DIRECT }: RedisBackend, patience: RedisPatience): Redis {
  return connectRedis(url, reach, { keepAlive: 30_000, ...patience });
}

async function memoryOf({ url, reach = DIRECT }: RedisBackend): Promise<string> {
  // An error of the connection says more than the rejection of the command that waited for it.
  const errors: unknown[] = [];
  let redis: Redis | null = null;
  try {
    redis = connectRedis(url, reach, { once: true, connectTimeout: 5_000, commandTimeout: 5_000 });
    redis.on('error', (error) => errors.push(error));
    await redis.connect();
    return await redis.info('memory');
  } catch (error) {
    throw new RedisUnreachable([...errors, error]);
  } finally {
    closeRedis(redis);
  }
}
