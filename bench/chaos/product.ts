import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.ts';
import type { Sabotage } from './chaos-options.ts';

const execute = promisify(execFile);
const LAUNCHER = join(packageRoot(), 'src', 'cli', 'launcher.mjs');
const SABOTAGED_WORKER = fileURLToPath(new URL('./worker-process.js', import.meta.url));
const MOST_OUTPUT = 16 * 1024 * 1024;

/** Words after `node` that start a worker: the product's own command, unless something is taken out of it. */
export function workerCommand(sabotage: Sabotage | null): readonly string[] {
  return sabotage === null ? [LAUNCHER, 'worker'] : [SABOTAGED_WORKER, sabotage];
}

/** Runs a command of the product with `--json` and reads what it prints. Rejects when it fails. */
export async function productCommand(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = await execute(process.execPath, [LAUNCHER, ...words, '--json'], { env, maxBuffer: MOST_OUTPUT });
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The environment of the product's processes: the caller's own, without any setting of the product, and these. */
export function productEnvironment(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const ours = /^(PNBSF_|XROAD_|DATABASE_URL$|REDIS_|SMTP_URL$)/;
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ours.test(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...settings };
}
