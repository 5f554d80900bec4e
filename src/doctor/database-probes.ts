import { readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import { openDatabase, type Executor } from '../store/database.ts';
import { bad, good, unjudged, type Finding, type Probe } from './check.ts';
import { errorLabel } from './error-label.ts';

const OLDEST_MAJOR = 14;

export interface DatabaseSettings {
  /** Null: the embedded PostgreSQL, which commands start by themselves. */
  readonly databaseUrl: string | null;
  /** The numbered files of the schema. */
  readonly sqlDirectory: string;
}

/** Looks at PostgreSQL without changing it. The embedded one is not started for this. */
export function databaseProbes(settings: DatabaseSettings): readonly Probe[] {
  const { databaseUrl, sqlDirectory } = settings;
  if (databaseUrl === null) {
    return [
      { name: 'PostgreSQL', look: () => unjudged('embarqué, démarré à la demande (DATABASE_URL non configuré)') },
    ];
  }
  const looks: readonly (readonly [name: string, look: (db: Executor) => Promise<Finding>])[] = [
    ['PostgreSQL : connexion et version', version],
    ['PostgreSQL : écriture', writable],
    ['PostgreSQL : schéma à jour', (db) => schema(db, sqlDirectory)],
  ];
  return looks.map(([name, look]) => ({ name, look: () => connected(databaseUrl, look) }));
}

async function connected(url: string, look: (db: Executor) => Promise<Finding>): Promise<Finding> {
  const database = openDatabase({
    url,
    poolSize: 1,
    statementTimeoutMs: 5_000,
    applicationName: 'pnbsf-cmu-doctor',
    onIdleError: () => undefined,
  });
  try {
    return await look(database.db);
  } catch (error) {
    return bad(`indisponible (${errorLabel(error)})`, ADVICE[errorLabel(error)] ?? GENERAL_ADVICE);
  } finally {
    await database.close();
  }
}

const GENERAL_ADVICE = 'Vérifiez DATABASE_URL, le réseau et que PostgreSQL est démarré.';
/** By SQLSTATE. */
const ADVICE: Readonly<Record<string, string>> = {
  '28P01': 'PostgreSQL refuse le mot de passe : corrigez DATABASE_URL.',
  '28000': 'PostgreSQL refuse cet utilisateur : corrigez DATABASE_URL ou pg_hba.conf.',
  '3D000': 'Cette base n’existe pas : créez-la, ou corrigez DATABASE_URL.',
  '42501': 'Donnez à cet utilisateur la propriété de la base.',
  '53300': 'Augmentez max_connections, ou diminuez PNBSF_POOL.',
};

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
