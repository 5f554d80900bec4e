import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Migrator, sql, type Migration, type MigrationProvider } from 'kysely';
import type { Executor } from './database.ts';

/** Applies the numbered files of `sqlDirectory` that are missing, each once, under Kysely's advisory lock. */
export async function migrate(db: Executor, sqlDirectory: string): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: sqlFiles(sqlDirectory) });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

function sqlFiles(directory: string): MigrationProvider {
  return {
    async getMigrations(): Promise<Record<string, Migration>> {
      const names = (await readdir(directory)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
      const entries = names.map(async (name) => [name, await oneFile(join(directory, name))] as const);
      return Object.fromEntries(await Promise.all(entries));
    },
  };
}

async function oneFile(path: string): Promise<Migration> {
  const text = await readFile(path, 'utf8');
  return {
    async up(db) {
      await sql.raw(text).execute(db);
    },
  };
}
