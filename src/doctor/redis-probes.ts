import type { Redis } from 'ioredis';
import { frenchPercent } from '../domain/french/numbers.ts';
import { closeRedis, connectRedis, type RedisReach } from '../redis-connection.ts';
import { redisTrouble } from '../redis-trouble.ts';
import { bad, good, unjudged, type Finding, type Probe } from './check.ts';
import { errorLabel } from './error-label.ts';

const OLDEST_VERSION = [6, 2] as const;
/** Beyond this share of its limit Redis is close to refusing jobs half way through a batch of them. */
const HIGHEST_MEMORY_SHARE = 0.6;

/** Looks at the Redis of the queues: a job must not be able to disappear. */
export function redisProbes(redisUrl: string | null, reach: RedisReach): readonly Probe[] {
  if (redisUrl === null) return [{ name: 'Redis', look: () => unjudged('non configuré : files dans PostgreSQL') }];
  const looks: readonly (readonly [name: string, look: (info: RedisInfo) => Finding])[] = [
    ['Redis : connexion et version', version],
    ['Redis : éviction', eviction],
    ['Redis : journal (AOF)', journal],
    ['Redis : mémoire', memory],
  ];
  return looks.map(([name, look]) => ({ name, look: () => connected(redisUrl, reach, look) }));
}

type RedisInfo = Readonly<Record<string, string>>;

async function connected(url: string, reach: RedisReach, look: (info: RedisInfo) => Finding): Promise<Finding> {
  const errors: unknown[] = [];
  let redis: Redis | null = null;
  try {
    redis = connectRedis(url, reach, { once: true, connectTimeout: 5_000, commandTimeout: 5_000 });
    redis.on('error', (error: Error) => errors.push(error)); // says more than the rejection below
    await redis.connect();
    return look(parseInfo(await redis.info()));
  } catch (error) {
    const label = errorLabel(errors[0] ?? error);
    const trouble = redisTrouble([...errors, error]);
    return bad(
      trouble === null ? `indisponible (${label})` : `indisponible : ${trouble.what} (${label})`,
      trouble?.remedy ?? 'Vérifiez REDIS_URL (mot de passe compris), le réseau et que Redis est démarré.',
    );
  } finally {
    closeRedis(redis);
  }
}

function parseInfo(text: string): RedisInfo {
  const pairs = text.split(/\r?\n/).map((line) => /^(\w+):(.*)$/.exec(line));
  return Object.fromEntries(pairs.flatMap((pair) => (pair === null ? [] : [[pair[1] ?? '', pair[2] ?? '']])));
}

function version({ redis_version: written = '', role = 'master' }: RedisInfo): Finding {
  const [major = 0, minor = 0] = written.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_VERSION;
  const recent = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const detail = `Redis ${written}`;
  if (role === 'slave')
    return bad(`${detail}, réplique`, 'Désignez le serveur principal dans REDIS_URL, ou indiquez REDIS_SENTINELS.');
  return recent ? good(detail) : bad(detail, `Passez à Redis ${OLDEST_VERSION.join('.')} au moins.`);
}

function eviction({ maxmemory_policy: policy = 'inconnue' }: RedisInfo): Finding {
  if (policy === 'noeviction') return good('noeviction');
  return bad(`politique « ${policy} » : des travaux peuvent disparaître`, 'Réglez « maxmemory-policy noeviction ».');
}

function journal({ aof_enabled: enabled = '' }: RedisInfo): Finding {
  if (enabled === '1') return good('activé');
  return bad('désactivé : une coupure vide les files', 'Réglez « appendonly yes » et « appendfsync everysec ».');
}

function memory({ used_memory: used = '0', maxmemory: limit = '0' }: RedisInfo): Finding {
  if (Number(limit) === 0) return good('aucune limite');
  const share = Number(used) / Number(limit);
  const detail = `${frenchPercent(Number(used), Number(limit))} de la limite`;
  if (share < HIGHEST_MEMORY_SHARE) return good(detail);
  return bad(detail, 'Augmentez maxmemory, ou diminuez PNBSF_QUEUE_WINDOW.');
}
