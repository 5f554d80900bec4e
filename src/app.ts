/** Puts the parts together: configuration in, running system out. The one place that knows everybody. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { createCniAdapter } from '../adapters/cni/create-cni-adapter.ts';
import { createEtatCivilAdapter } from '../adapters/etat-civil/create-etat-civil-adapter.ts';
import { createRnuAdapter } from '../adapters/rnu/create-rnu-adapter.ts';
import { createSigicmuAdapter } from '../adapters/sigicmu/create-sigicmu-adapter.ts';
import { checkBackend, type QueueBackend } from '../jobs/queue-backend.ts';
import { openQueue, type JobQueue, type QueueName } from '../jobs/queues.ts';
import { reconcileJob } from '../jobs/reconcile-run.ts';
import { registerJob } from '../jobs/register-household.ts';
import { startSweeper } from '../jobs/sweeper.ts';
import { verifyJob } from '../jobs/verify-household.ts';
import { startWorker } from '../jobs/worker.ts';
import { civilDay } from './civil-day.ts';
import type { Config } from './config.ts';
import { destinationLimits } from './destination-limits.ts';
import { systemClock } from './domain/clock.ts';
import type { SocialRegistry } from './domain/partners.ts';
import { createExchangeClient } from './exchange/create-exchange-client.ts';
import type { ExchangeClient } from './exchange/exchange-client.ts';
import { parseServiceId, parseSubsystemId } from './exchange/parse-identifier.ts';
import type { TlsRotation } from './exchange/transport/tls-watch.ts';
import { packageRoot } from './package-root.ts';
import { watchPauses, type PauseWatch } from './pipeline/destination/watch-pauses.ts';
import type { StepContext } from './pipeline/step-context.ts';
import { readReferenceData, type ReferenceData } from './reference-data.ts';
import { openDatabase, type Database } from './store/database.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './store/embedded/embedded-postgres.ts';
import { migrate } from './store/migrate.ts';
import { runDates } from './store/run/run-dates.ts';

/** An open installation: database migrated, reference tables read. Nothing works until told to. */
export interface App {
  readonly config: Config;
  readonly database: Database;
  readonly reference: ReferenceData;
  readonly log: Logger;
  /** Today in the programme's zone. */
  today(): string;
  /** The partners, reached through the Security Servers. */
  partners(): Partners;
  /** Starts workers and sweeper in this process. */
  startWork(): Promise<Work>;
  close(): Promise<void>;
}

export interface Partners {
  readonly context: StepContext;
  readonly socialRegistry: SocialRegistry;
  readonly exchange: ExchangeClient;
}

export interface Work {
  /** Stops sweeping, lets the jobs in hand end, then closes queues and connections. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** For throw-away data: the embedded database may forget it in a power cut. */
  readonly throwAway?: boolean;
}

/** Opens an installation. The embedded PostgreSQL is started when no DATABASE_URL is configured. */
export async function openApp(config: Config, options: OpenOptions = {}): Promise<App> {
  const log = pino({ name: 'pnbsf-cmu', level: config.logLevel }, pino.destination({ fd: 2, sync: true }));
  const reference = await readReferenceData(config.configDirectory ?? join(packageRoot(), 'config'));
  const embedded =
    config.databaseUrl === null
      ? await startEmbeddedPostgres({
          directory: join(config.dataDirectory, 'postgres'),
          durable: options.throwAway !== true,
        })
      : null;
  try {
    return await assemble(config, reference, log, embedded);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function assemble(
  config: Config,
  reference: ReferenceData,
  log: Logger,
  embedded: EmbeddedPostgres | null,
): Promise<App> {
  const databaseUrl = embedded?.url ?? config.databaseUrl ?? '';
  const database = openDatabase({
    url: databaseUrl,
    poolSize: config.queue.poolSize,
    statementTimeoutMs: 60_000,
    applicationName: 'pnbsf-cmu',
    onIdleError: (error) => log.warn({ code: errorCode(error) }, 'database connection lost'),
  });
  const pauses = await prepare(database, log).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  let partners: Partners | null = null;
  const app: App = {
    config,
    database,
    reference,
    log,
    today: () => civilDay(new Date(), config.timeZone),
    partners: () => (partners ??= connectPartners(config, database, reference, pauses, log)),
    startWork: () => startWork(config, databaseUrl, app.partners().context, log),
    async close() {
      await partners?.exchange.close();
      await pauses.close();
      await database.close();
      await embedded?.stop();
    },
  };
  return app;
}

/** Brings the database up to this version and starts watching the kill switch. */
async function prepare(database: Database, log: Logger): ReturnType<typeof watchPauses> {
  await migrate(database.db, join(packageRoot(), 'sql'));
  return watchPauses(database.db, {
    intervalMs: PAUSE_LOOK_MS,
    onError: (error) => log.warn({ code: errorCode(error) }, 'pauses of destinations could not be read'),
  });
}

/** The kill switch stops all processes within this time. */
const PAUSE_LOOK_MS = 2_000;

function connectPartners(
  config: Config,
  database: Database,
  reference: ReferenceData,
  pauses: PauseWatch,
  log: Logger,
): Partners {
  const { exchange: settings, times } = config;
  const exchange = createExchangeClient({
    client: parseSubsystemId(settings.client),
    userId: settings.userId,
    securityServers: settings.securityServers.map((url) => ({ url, tls: settings.tls, rotation: tlsRotation(log) })),
    deadlines: { connectMs: settings.connectMs, readMs: settings.readMs, writeMs: times.writeDeadlineMs },
    limits: destinationLimits(config),
    isPaused: (destination) => pauses.isPaused(destination),
    onAlert: ({ destination, code, route }) =>
      log.warn({ destination, code }, route ? 'route of a destination is down' : 'destination keeps failing'),
    keepAliveMs: 10_000,
    maxBodyBytes: 16 * 1024 * 1024,
    clock: systemClock,
  });
  const { services } = settings;
  return {
    exchange,
    socialRegistry: createRnuAdapter({ exchange, service: parseServiceId(services.rnu) }),
    context: {
      db: database.db,
      clock: systemClock,
      random: Math.random,
      newMessageId: randomUUID,
      policy: reference.policy,
      gazetteer: reference.gazetteer,
      matcher: reference.matcher,
      times,
      campaign: config.campaign,
      owner: `${hostname()}:${process.pid}`,
      nationalIds: createCniAdapter({ exchange, service: parseServiceId(services.cni) }),
      civilRegistry: createEtatCivilAdapter({ exchange, service: parseServiceId(services['etat-civil']) }),
      insurer: createSigicmuAdapter({
        exchange,
        service: parseServiceId(services.sigicmu),
        beneficiaryType: reference.policy.beneficiaryType,
      }),
      runDate: runDates(database.db),
    },
  };
}

/** PEM files that are replaced are taken up within this time. */
const TLS_LOOK_MS = 10_000;

function tlsRotation(log: Logger): TlsRotation {
  return {
    clock: systemClock,
    lookEveryMs: TLS_LOOK_MS,
    onEvent: (event) =>
      event.code === 'tls-files-taken-up'
        ? log.info(event, 'replaced certificates are in use')
        : log.warn(event, 'replaced certificates cannot be used; the former ones stay'),
  };
}

async function startWork(config: Config, databaseUrl: string, context: StepContext, log: Logger): Promise<Work> {
  const backend: QueueBackend =
    config.redisUrl === null
      ? { kind: 'postgres', url: databaseUrl, schema: 'bullmq' }
      : { kind: 'redis', url: config.redisUrl, prefix: config.queue.prefix };
  await checkBackend(backend);
  const onError = (error: Error): void => log.warn({ code: errorCode(error) }, 'queue trouble');
  const queue = (name: QueueName): JobQueue => openQueue(backend, name, onError);
  const queues = { verify: queue('verify'), register: queue('register'), reconcile: queue('reconcile') };
  const { concurrency, window } = config.queue;
  const onFailure = (job: QueueName, id: string, error: Error): void =>
    log.error({ job, id, code: errorCode(error) }, 'job failed');
  const settings = { concurrency, stalledIntervalMs: 15_000, onError, onFailure };
  const workers = [
    startWorker(backend, 'verify', settings, verifyJob(context)),
    startWorker(backend, 'register', settings, registerJob(context)),
    startWorker(backend, 'reconcile', { ...settings, concurrency: 1 }, reconcileJob(context)),
  ];
  const sweeper = startSweeper({ db: context.db, queues, window, intervalMs: config.times.sweepMs, onError });
  return {
    async close() {
      await sweeper.close();
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all(Object.values(queues).map((one) => one.close()));
    },
  };
}

/** What may be logged of an error: its code, or its class. Messages of libraries may quote personal data. */
function errorCode(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
