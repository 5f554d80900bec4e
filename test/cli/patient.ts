import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../fixtures/sandbox/start-sandbox.ts';
import type { Check } from '../../src/doctor/check.ts';
import { examine } from '../../src/doctor/examine.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

export type Settings = Readonly<Record<string, string>>;

/** A migrated database and a data folder to examine, and sandboxes that are stopped with it. */
export class Patient {
  readonly database: TestDatabase;
  readonly folder: string;
  readonly #sandboxes: Sandbox[] = [];

  private constructor(database: TestDatabase, folder: string) {
    this.database = database;
    this.folder = folder;
  }

  static async open(): Promise<Patient> {
    return new Patient(await createTestDatabase(), await mkdtemp(join(tmpdir(), 'doctor-')));
  }

  /** What its environment holds, and further settings. */
  settings(more: Settings = {}): Settings {
    return { PNBSF_DATA: this.folder, DATABASE_URL: this.database.url, ...more };
  }

  async sandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
    const registries = { idCards: new Map<string, never>(), birthActs: [], covers: [], rnuBatches: [] };
    const started = await startSandbox({ registries, seed: 1, ...options });
    this.#sandboxes.push(started);
    return started;
  }

  async close(): Promise<void> {
    await Promise.all(this.#sandboxes.map((one) => one.stop()));
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The checks whose names begin so. */
export async function checks(environment: Settings, beginning: string): Promise<readonly Check[]> {
  return (await examine(environment)).filter(({ name }) => name.startsWith(beginning));
}

/** The first check whose name holds some words. */
export async function check(environment: Settings, part: string): Promise<Check> {
  const found = (await examine(environment)).find(({ name }) => name.includes(part));
  if (found === undefined) throw new Error(`no check about ${part}`);
  return found;
}
