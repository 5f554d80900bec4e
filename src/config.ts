/** Everything that may differ between two installations, read once, checked once, frozen. */
import type { Times } from './domain/times.ts';
import type { TlsFiles } from './exchange/transport/tls-files.ts';
import { declareFlow, type FlowConfig } from './flow-config.ts';
import { declareMail, type MailConfig } from './mail-config.ts';
import { declareNight, type NightConfig } from './night-config.ts';
import { declareReports, type ReportConfig } from './report-config.ts';
import { declareRedisReach, type RedisReach } from './redis-connection.ts';
import { SettingReader, type Setting } from './setting-reader.ts';

export interface Config {
  /** Null: the embedded PostgreSQL in `dataDirectory`. */
  readonly databaseUrl: string | null;
  /** Null: BullMQ on PostgreSQL. */
  readonly redisUrl: string | null;
  readonly redisReach: RedisReach;
  readonly dataDirectory: string;
  /** Null: the reference tables shipped with the product. */
  readonly configDirectory: string | null;
  readonly campaign: string;
  /** What the RNU writes for a household that has left the programme, in capitals. */
  readonly exitStatuses: readonly string[];
  readonly timeZone: string;
  readonly logLevel: string;
  readonly exchange: {
    /** `instance/class/member/subsystem`. */
    readonly client: string;
    readonly userId: string;
    readonly securityServers: readonly string[];
    /** Health ports of the Security Servers, `http://host:port`. */
    readonly healthUrls: readonly string[];
    readonly tls: TlsFiles;
    readonly connectMs: number;
    readonly readMs: number;
    readonly services: Readonly<Record<PartnerName, string>>;
    readonly maxInFlight: Readonly<Record<PartnerName, number>>;
    readonly flow: FlowConfig<PartnerName>;
  };
  readonly queue: {
    readonly prefix: string;
    readonly window: number;
    readonly concurrency: number;
    readonly poolSize: number;
    /** Between two looks for jobs of processes that died. */
    readonly stalledMs: number;
    readonly watchdogMs: number;
  };
  readonly times: Times;
  readonly reports: ReportConfig;
  readonly mail: MailConfig;
  readonly night: NightConfig;
}

/** The destinations, by the name configuration and metrics use. */
export const PARTNERS = ['rnu', 'cni', 'etat-civil', 'sigicmu'] as const;
export type PartnerName = (typeof PARTNERS)[number];

/** Reads the environment. Throws `ConfigError` naming every setting that cannot be used. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = new SettingReader(env);
  const config = declare(read);
  checkTimes(read, config.times);
  // The reconciliation holds one connection while others read, work and sweep.
  if (config.queue.poolSize < 4) read.fault('PNBSF_POOL', 'doit valoir au moins 4');
  if (!isTimeZone(config.timeZone))
    read.fault('PNBSF_TIME_ZONE', `« ${config.timeZone} » n’est pas un fuseau horaire connu`);
  read.done();
  return Object.freeze(config);
}

/** All settings with their defaults, for the documentation. */
export function describeSettings(): readonly Setting[] {
  const read = new SettingReader({});
  declare(read);
  return read.settings;
}

function declare(read: SettingReader): Config {
  const databaseUrl = read.optional(
    'DATABASE_URL',
    'PostgreSQL ; absent : PostgreSQL embarqué dans le dossier de données',
  );
  const redisUrl = read.optional('REDIS_URL', 'Redis des files de travaux ; absent : files dans PostgreSQL');
  return {
    databaseUrl,
    redisUrl,
    redisReach: declareRedisReach(read, redisUrl),
    dataDirectory: read.text('PNBSF_DATA', '.pnbsf-cmu', 'dossier de données locales'),
    configDirectory: read.optional('PNBSF_CONFIG', 'dossier des tables de référence ; absent : celles du produit'),
    campaign: read.text('PNBSF_CAMPAIGN', 'PNBSF-2026', 'campagne : un enrôlement par personne et par campagne'),
    exitStatuses: read
      .list('PNBSF_EXIT_STATUSES', 'SORTI,SORTIE,RADIE,RADIÉ,EXCLU', 'statuts PNBSF d’un ménage sorti du programme')
      .map((status) => status.toLocaleUpperCase('fr')),
    timeZone: read.text('PNBSF_TIME_ZONE', 'Africa/Dakar', 'fuseau des dates et des horaires'),
    logLevel: read.choice(
      'PNBSF_LOG',
      'info',
      ['debug', 'info', 'warn', 'error', 'silent'],
      'détail du journal technique',
    ),
    exchange: declareExchange(read),
    queue: {
      prefix: read.text('PNBSF_QUEUE_PREFIX', 'pnbsf-cmu', 'préfixe des clés dans Redis'),
      window: read.wholeNumber('PNBSF_QUEUE_WINDOW', 5_000, 'travaux', 'travaux présents à la fois dans une file'),
      concurrency: read.wholeNumber(
        'PNBSF_CONCURRENCY',
        20,
        'ménages',
        'ménages traités à la fois par processus et par étape',
      ),
      poolSize: read.wholeNumber('PNBSF_POOL', 20, 'connexions', 'connexions PostgreSQL par processus'),
      watchdogMs: read.wholeNumber(
        'PNBSF_WATCHDOG_MS',
        120_000,
        'ms',
        'silence d’un processus devant du travail dû, avant de recréer ses files, puis de l’arrêter',
      ),
      stalledMs: read.wholeNumber(
        'PNBSF_STALLED_MS',
        15_000,
        'ms',
        'intervalle de recherche des travaux d’un processus mort ; le bail du ménage décide quand ils reprennent',
      ),
    },
    times: declareTimes(read),
    reports: declareReports(read),
    mail: declareMail(read),
    night: declareNight(read),
  };
}

function declareExchange(read: SettingReader): Config['exchange'] {
  return {
    client: read.text('XROAD_CLIENT', 'SN/GOV/ANACMU/enrolement', 'notre sous-système X-Road'),
    userId: read.text('XROAD_USER_ID', 'SN-ANACMU-pnbsf-cmu', 'identifiant technique inscrit dans les messages'),
    securityServers: read.list(
      'XROAD_SECURITY_SERVERS',
      '',
      'adresses des serveurs de sécurité, par ordre de préférence',
    ),
    healthUrls: read.list(
      'XROAD_HEALTH_URLS',
      '',
      'ports de santé des serveurs de sécurité ; lus par doctor seulement',
    ),
    tls: declareTls(read),
    connectMs: read.wholeNumber('XROAD_CONNECT_MS', 5_000, 'ms', 'délai de connexion'),
    readMs: read.wholeNumber('XROAD_READ_MS', 45_000, 'ms', 'délai total d’une consultation'),
    services: {
      rnu: read.text('XROAD_SERVICE_RNU', 'SN/GOV/DGPSN/rnu/menages', 'service du RNU'),
      cni: read.text('XROAD_SERVICE_CNI', 'SN/GOV/DAF/cni/identite', 'service de la DAF'),
      'etat-civil': read.text(
        'XROAD_SERVICE_ETAT_CIVIL',
        'SN/GOV/ETATCIVIL/actes/verifierNaissance/v1',
        'service de l’état civil (SOAP)',
      ),
      sigicmu: read.text('XROAD_SERVICE_SIGICMU', 'SN/GOV/ANACMU/sigicmu/adhesions', 'service de SIGICMU'),
    },
    maxInFlight: {
      rnu: read.wholeNumber('PNBSF_IN_FLIGHT_RNU', 4, 'appels', 'appels simultanés au RNU par processus'),
      cni: read.wholeNumber('PNBSF_IN_FLIGHT_CNI', 32, 'appels', 'appels simultanés à la DAF par processus'),
      'etat-civil': read.wholeNumber(
        'PNBSF_IN_FLIGHT_ETAT_CIVIL',
        32,
        'appels',
        'appels simultanés à l’état civil par processus',
      ),
      sigicmu: read.wholeNumber('PNBSF_IN_FLIGHT_SIGICMU', 32, 'appels', 'appels simultanés à SIGICMU par processus'),
    },
    flow: declareFlow(read, { rnu: 'au RNU', cni: 'à la DAF', 'etat-civil': 'à l’état civil', sigicmu: 'à SIGICMU' }),
  };
}

function declareTls(read: SettingReader): TlsFiles {
  const files = {
    ca: read.optional('XROAD_TLS_CA', 'certificat attendu du serveur de sécurité (PEM)'),
    cert: read.optional('XROAD_TLS_CERT', 'notre certificat client (PEM)'),
    key: read.optional('XROAD_TLS_KEY', 'clé de notre certificat (PEM)'),
  };
  const fingerprints256 = read.list(
    'XROAD_TLS_FINGERPRINT',
    '',
    'empreintes SHA-256 admises du certificat du serveur de sécurité ; remplacent le contrôle de son nom',
  );
  if (!fingerprints256.every((one) => /^[0-9a-f]{2}(?::?[0-9a-f]{2}){31}$/i.test(one)))
    read.fault('XROAD_TLS_FINGERPRINT', 'attend des empreintes SHA-256 : 64 chiffres hexadécimaux chacune');
  const given = Object.entries(files).filter(([, path]) => path !== null);
  return { ...(Object.fromEntries(given) as TlsFiles), fingerprints256 };
}

function declareTimes(read: SettingReader): Times {
  const ms = (key: string, fallback: number, help: string): number => read.wholeNumber(key, fallback, 'ms', help);
  return {
    leaseMs: ms('PNBSF_LEASE_MS', 600_000, 'durée pendant laquelle un ménage pris nous appartient'),
    writeDeadlineMs: ms('XROAD_WRITE_MS', 120_000, 'délai total d’un enrôlement ; le service répond d’ordinaire avant'),
    settleMs: ms('PNBSF_SETTLE_MS', 300_000, 'attente avant de chercher une demande d’issue inconnue'),
    unknownAgeLimitMs: ms('PNBSF_UNKNOWN_AGE_MS', 259_200_000, 'âge au-delà duquel une issue inconnue va à un agent'),
    firstPauseMs: ms('PNBSF_FIRST_PAUSE_MS', 60_000, 'première pause après une panne passagère'),
    longestPauseMs: ms('PNBSF_LONGEST_PAUSE_MS', 3_600_000, 'pause la plus longue après des pannes répétées'),
    routePauseMs: ms('PNBSF_ROUTE_PAUSE_MS', 300_000, 'pause quand la liaison elle-même est fermée'),
    holderPauseMs: ms('PNBSF_HOLDER_PAUSE_MS', 60_000, 'pause des ayants droit dont le titulaire attend'),
    runPatienceMs: ms('PNBSF_RUN_PATIENCE_MS', 14_400_000, 'attente totale d’une exécution avant sa clôture'),
    sweepMs: ms('PNBSF_SWEEP_MS', 1_000, 'intervalle entre deux passages du planificateur de travaux'),
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('fr', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // Intl knows no other way of saying no
  }
}

/** Times that contradict each other could register somebody twice; such a configuration must not start. */
function checkTimes(read: SettingReader, times: Times): void {
  // Nothing is sent with less than three write deadlines left: with exactly three, nothing ever would be.
  if (times.leaseMs < 4 * times.writeDeadlineMs)
    read.fault('PNBSF_LEASE_MS', 'doit valoir au moins quatre fois XROAD_WRITE_MS');
  if (times.settleMs <= times.writeDeadlineMs) read.fault('PNBSF_SETTLE_MS', 'doit dépasser XROAD_WRITE_MS');
}
