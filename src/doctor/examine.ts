import { join } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { packageRoot } from '../package-root.ts';
import { ConfigError } from '../setting-reader.ts';
import type { Check, Probe } from './check.ts';
import { databaseProbes } from './database-probes.ts';
import { serverProbes } from './exchange/server-probes.ts';
import { serviceProbes } from './exchange/service-probes.ts';
import { machineProbes } from './machine-probes.ts';
import { mailProbe } from './mail-probe.ts';
import { redisProbes } from './redis-probes.ts';
import { referenceProbes } from './reference-probes.ts';
import { runProbes } from './run-probes.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Examines the installation an environment describes, changing nothing in it. Never rejects. */
export async function examine(environment: Environment): Promise<readonly Check[]> {
  let config;
  try {
    config = readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const detail = error.faults.join(' ; ');
    return [
      { name: 'réglages', ok: false, detail, advice: 'Corrigez ces variables (docs/settings.md), puis recommencez.' },
    ];
  }
  return runProbes(allProbes(config));
}

function allProbes(config: Config): readonly Probe[] {
  const { exchange } = config;
  return [
    ...machineProbes(config),
    ...referenceProbes(config.configDirectory ?? join(packageRoot(), 'config')),
    ...databaseProbes({
      databaseUrl: config.databaseUrl,
      poolSize: config.queue.poolSize,
      sqlDirectory: join(packageRoot(), 'sql'),
    }),
    ...redisProbes(config.redisUrl, config.redisReach),
    ...serverProbes(exchange),
    ...serviceProbes(exchange),
    mailProbe(config.mail.smtpUrl),
  ];
}
