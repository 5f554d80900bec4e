import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { until } from '../support/until.ts';
import type { Installation } from '../pipeline/installation.ts';

/** `pnbsf-cmu worker` as an operator runs it: a process of its own on an installation. */
export interface WorkerProcess {
  readonly pid: number;
  /** What it has written so far: its log and what it says. */
  said(): string;
  /** Sends a signal and does not wait. */
  signal(name: NodeJS.Signals): void;
  /** Status of the exit; null when a signal ended it. */
  ended(): Promise<number | null>;
  /** Ends it at once, as a power cut does; nothing when it has ended. */
  kill(): Promise<void>;
  /** Resolves once it has announced that it works. */
  ready(): Promise<void>;
}

const LAUNCHER = resolve('src/cli/launcher.mjs');

/** Starts one, with further settings, in a working directory of its own where one is given. */
export function startWorkerProcess(
  { environment }: Pick<Installation, 'environment'>,
  settings: Readonly<Record<string, string>> = {},
  cwd: string = process.cwd(),
): WorkerProcess {
  const child = spawn(process.execPath, [LAUNCHER, 'worker'], {
    cwd,
    env: { ...process.env, ...environment, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return {
    pid: child.pid ?? 0,
    said: () => text,
    signal: (name) => void child.kill(name),
    ended: async () => (await exit)[0],
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    async ready() {
      // eslint-disable-next-line @typescript-eslint/require-await -- a condition like any other
      await until('the worker is ready', async () => text.includes('prêt'), 40_000);
    },
  };
}
