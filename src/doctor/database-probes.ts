import { readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import { openDatabase, type Database, type Executor } from '../store/database.ts';
import { bad, good, unjudged, type Finding, type Probe } from './check.ts';
import { errorLabel } from './error-label.ts';

const OLDEST_MAJOR = 14;

export interface DatabaseSettings {
  /** Null: the embedded PostgreSQL, which commands start by themselves. */
  readonly databaseUrl: string | null;
  /** Connections each process may hold. */
  readonly poolSize: number;
  /** The numbered files of the schema. */
  readonly sqlDirectory: string;
}

/** Looks at PostgreSQL without changing it. The embedded one is not started for this. */
export function databaseProbes(settings: DatabaseSettings): readonly Probe[] {
  const { databaseUrl, sqlDirectory, poolSize } = settings;
  if (databaseUrl === null) {
    return [
      { name: 'PostgreSQL', look: () => unjudged('embarqué, démarré à la demande (DATABASE_URL non configuré)') },
    ];
  }
  const looks: readonly (readonly [name: string, look: (db: Executor) => Promise<Finding>])[] = [
    ['PostgreSQL : connexion et version', version],
    ['PostgreSQL : écriture', writable],
    ['PostgreSQL : schéma à jour', (db) => schema(db, sqlDirectory)],
    ['PostgreSQL : connexions', (db) => room(db, poolSize)],
    ['PostgreSQL : horloge', clock],
  ];
  return looks.map(([name, look]) => ({ name, look: () => connected(databaseUrl, look) }));
}

async function connected(url: string, look: (db: Executor) => Promise<Finding>): Promise<Finding> {
  let database: Database | null = null;
  try {
    // A certificate file that cannot be read is an error here already.
    database = openDatabase({
      url,
      poolSize: 1,
      statementTimeoutMs: 5_000,
      applicationName: 'pnbsf-cmu-doctor',
      onIdleError: () => undefined,
    });
    return await look(database.db);
  } catch (error) {
    const label = errorLabel(error);
    return bad(`indisponible (${label})`, ADVICE[label] ?? wordlessAdvice(error) ?? GENERAL_ADVICE);
  } finally {
    await database?.close();
  }
}

const GENERAL_ADVICE = 'Vérifiez DATABASE_URL, le réseau et que PostgreSQL est démarré.';
const UNKNOWN_AUTHORITY =
  'Autorité du certificat inconnue : ajoutez à DATABASE_URL « ?sslmode=verify-full&sslrootcert=FICHIER.pem ».';
/** By SQLSTATE, or by the code of TLS or of the system. */
const ADVICE: Readonly<Record<string, string>> = {
  '28P01': 'PostgreSQL refuse le mot de passe : corrigez DATABASE_URL.',
  '28000': 'PostgreSQL refuse cet utilisateur : corrigez DATABASE_URL ou pg_hba.conf.',
  '3D000': 'Cette base n’existe pas : créez-la, ou corrigez DATABASE_URL.',
  '42501': 'Donnez à cet utilisateur la propriété de la base.',
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: 'Le certificat de PostgreSQL n’est pas établi pour l’hôte de DATABASE_URL.',
  CERT_HAS_EXPIRED: 'Renouvelez le certificat de PostgreSQL.',
  ENOENT: 'Le fichier nommé par sslrootcert dans DATABASE_URL est introuvable.',
  EACCES: 'Le fichier nommé par sslrootcert dans DATABASE_URL n’est pas lisible par cet utilisateur.',
  '53300': 'Augmentez max_connections, ou diminuez PNBSF_POOL.',
};

/** The driver gives this refusal no code. */
function wordlessAdvice(error: unknown): string | null {
  return error instanceof Error && /does not support SSL/.test(error.message)
    ? 'PostgreSQL ne parle pas TLS : réglez « ssl = on », ou retirez sslmode de DATABASE_URL.'
    : null;
}

async function version(db: Executor): Promise<Finding> {
  const { rows } = await sql<{ number: string }>`select current_setting('server_version_num') as number`.execute(db);
  const number = Number(rows[0]?.number);
  const major = Math.floor(number / 10_000);
  const written = `PostgreSQL ${major}.${number % 10_000}`;
  return major >= OLDEST_MAJOR ? good(written) : bad(written, `Passez à PostgreSQL ${OLDEST_MAJOR} au moins.`);
}

async function writable(db: Executor): Promise<Finding> {
  const { rows } = await sql<{ standby: boolean; readOnly: string; mayCreate: boolean | null }>`
    select pg_is_in_recovery() as standby, current_setting('transaction_read_only') as "readOnly",
           has_schema_privilege(current_schema(), 'CREATE') as "mayCreate"`.execute(db);
  const [row] = rows;
  if (row?.standby === true) return bad('serveur de secours', 'DATABASE_URL doit désigner le serveur principal.');
  if (row?.readOnly === 'on') return bad('lecture seule', 'Retirez default_transaction_read_only à cet utilisateur.');
  if (row?.mayCreate !== true) {
    return bad('aucun droit de créer des tables', 'Donnez à cet utilisateur la propriété de la base.');
  }
  return good('autorisée');
}

async function schema(db: Executor, directory: string): Promise<Finding> {
  const known = (await readdir(directory)).filter((name) => /^\d{4}-.*\.sql$/.test(name));
  const applied = await appliedMigrations(db);
  const missing = known.filter((name) => !applied.includes(name));
  const foreign = applied.filter((name) => !known.includes(name));
  if (foreign.length > 0) {
    return bad(
      'la base est plus récente que ce programme',
      'Installez la version du programme qui a mis la base à jour.',
    );
  }
  if (missing.length > 0) return bad(`${missing.length} migration(s) à appliquer`, 'Lancez « pnbsf-cmu migrate ».');
  return good(`${known.length} migrations appliquées`);
}

/** The migrator's own table; absent before the first migration. */
async function appliedMigrations(db: Executor): Promise<readonly string[]> {
  const { rows: found } = await sql<{ present: boolean }>`
    select to_regclass('kysely_migration') is not null as present`.execute(db);
  if (found[0]?.present !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Connections of BullMQ for its own tables, where no Redis is set; and a few for whoever looks at the database. */
const BESIDE_THE_POOL = 5;

/** One process more must find room; what the others hold now is what they may hold. */
async function room(db: Executor, poolSize: number): Promise<Finding> {
  const { rows } = await sql<{ most: number; others: number }>`
    select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most,
           (select count(*)::int from pg_stat_activity
             where backend_type = 'client backend' and pid <> pg_backend_pid()) as others`.execute(db);
  const { most = 0, others = 0 } = rows[0] ?? {};
  const processes = Math.floor((most - BESIDE_THE_POOL) / poolSize);
  const detail = `${others} en usage sur ${most} ; place pour ${processes} processus de ${poolSize} (PNBSF_POOL)`;
  if (processes >= 1 && others < most - BESIDE_THE_POOL) return good(detail);
  return bad(detail, 'Augmentez max_connections, ou diminuez PNBSF_POOL (docs/scale-out.md).');
}

/** Opening hours and the date of a night are read from this machine's clock, leases from the database's. */
const LARGEST_SKEW_MS = 2_000;

async function clock(db: Executor): Promise<Finding> {
  const before = Date.now();
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from clock_timestamp())::float8 * 1000 as ms`.execute(db);
  const after = Date.now();
  const theirs = rows[0]?.ms ?? Number.NaN;
  // Their reading lies somewhere between both of ours: only what no journey explains is a difference.
  const skew = Math.max(0, before - theirs, theirs - after);
  if (skew <= LARGEST_SKEW_MS) return good('d’accord avec celle de cette machine');
  return bad(
    `${Math.round(skew / 1_000)} s d’écart avec cette machine`,
    'Réglez les deux machines sur le même serveur de temps (NTP).',
  );
}
