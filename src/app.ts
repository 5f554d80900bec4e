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
import type { RepeatedLook } from '../jobs/look-repeatedly.ts';
import { startWork, type Work } from '../jobs/start-work.ts';
import { civilDay } from './civil-day.ts';
import type { Config } from './config.ts';
import { destinationLimits } from './destination-limits.ts';
import { systemClock } from './domain/clock.ts';
import type { SocialRegistry } from './domain/partners.ts';
import { errorCode } from './error-code.ts';
import { keepMemoryFlat } from './flat-memory.ts';
import { createExchangeClient } from './exchange/create-exchange-client.ts';
import type { ExchangeClient } from './exchange/exchange-client.ts';
import { parseServiceId, parseSubsystemId } from './exchange/parse-identifier.ts';
import type { TlsRotation } from './exchange/transport/tls-watch.ts';
import { schedulerOf } from './night-setup.ts';
import { packageRoot } from './package-root.ts';
import { watchPauses, type PauseWatch } from './pipeline/destination/watch-pauses.ts';
import { fillMatchKeys } from './pipeline/intake/fill-match-keys.ts';
import { staffWorkOf } from './pipeline/review/take-up-staff-work.ts';
import type { StepContext } from './pipeline/step-context.ts';
import { readReferenceData, type ReferenceData } from './reference-data.ts';
import { publicationSettings, publisherOf } from './publication-setup.ts';
import type { PublicationSettings } from './reports/publish-run.ts';
import { openDatabase, type Database } from './store/database.ts';
import { recordRuleSet } from './store/explain/record-rule-set.ts';
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
  /** What reports and the mails about them are written with. */
  publication(): Promise<PublicationSettings>;
  /** Publishes nights that close, and sends their mails, until closed. */
  startPublisher(): Promise<RepeatedLook>;
  /** The partners, reached through the Security Servers. */
  partners(): Partners;
  /** Holds the nights, until closed. */
  startScheduler(): Promise<RepeatedLook>;
  /** Starts workers and sweeper in this process. */
  startWork(): Promise<Work>;
  close(): Promise<void>;
}

export interface Partners {
  readonly context: StepContext;
  readonly socialRegistry: SocialRegistry;
  readonly exchange: ExchangeClient;
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
  const pauses = await prepare(database, reference, log).catch(async (error: unknown) => {
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
    publication: () => publicationSettings(config, reference),
    startPublisher: () => publisherOf(app),
    startScheduler: async () => schedulerOf(app, await usableBackend(config, databaseUrl)),
    partners: () => (partners ??= connectPartners(config, database, reference, pauses, log)),
    startWork: () => openWork(config, databaseUrl, app.partners().context, log),
    async close() {
      await partners?.exchange.close();
      await pauses.close();
      await database.close();
      await embedded?.stop();
    },
  };
  return app;
}

/** Brings the database up to this version, keeps the rules in force and starts watching the kill switch. */
async function prepare(database: Database, reference: ReferenceData, log: Logger): ReturnType<typeof watchPauses> {
  await migrate(database.db, join(packageRoot(), 'sql'));
  await recordRuleSet(database.db, reference.rules);
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
      ruleSet: reference.rules.fingerprint,
      gazetteer: reference.gazetteer,
      matcher: reference.matcher,
      times,
      campaign: config.campaign,
      exitStatuses: config.exitStatuses,
      // Containers share names and process numbers over restarts; an owner is one life of one process.
      owner: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`,
      nationalIds: createCniAdapter({ exchange, service: parseServiceId(services.cni) }),
      civilRegistry: createEtatCivilAdapter({ exchange, service: parseServiceId(services['etat-civil']) }),
      insurer: createSigicmuAdapter({
        exchange,
        service: parseServiceId(services.sigicmu),
        beneficiaryType: reference.policy.beneficiaryType,
        capabilitiesOf: reference.capabilitiesOf,
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

async function usableBackend({ redisUrl, redisReach, queue }: Config, databaseUrl: string): Promise<QueueBackend> {
  const backend: QueueBackend =
    redisUrl === null
      ? { kind: 'postgres', url: databaseUrl, schema: 'bullmq' }
      : { kind: 'redis', url: redisUrl, prefix: queue.prefix, reach: redisReach };
  await checkBackend(backend);
  return backend;
}

async function openWork(config: Config, databaseUrl: string, context: StepContext, log: Logger): Promise<Work> {
  keepMemoryFlat();
  const backend = await usableBackend(config, databaseUrl);
  await fillMatchKeys(context.db, context.matcher.keys);
  const { concurrency, window, stalledMs, watchdogMs } = config.queue;
  return startWork({
    context,
    backend,
    concurrency,
    window,
    stalledIntervalMs: stalledMs,
    watchdogMs,
    brake: config.night.brake,
    staffWork: staffWorkOf(context, () => civilDay(new Date(), config.timeZone)),
    onError: (error) => log.warn({ code: errorCode(error) }, 'queue trouble'),
    onFailure: (job, id, error) => log.error({ job, id, code: errorCode(error) }, 'job failed'),
    onRecreated: (step) =>
      log.warn({ step, code: 'WORKER_DEAF' }, 'work is due and the worker hears nothing: made anew'),
  });
}
