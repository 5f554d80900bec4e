import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** What a process is started with. */
export interface ChildOrder {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Takes what the process says; added to. */
  readonly logFile: string;
  /** Whether messages are exchanged with it. */
  readonly messages?: boolean;
}

const living = new Set<ChildProcess>();

/** Starts a process that is killed with this one, whatever ends it. */
export function startChild({ program, args, env, logFile, messages }: ChildOrder): ChildProcess {
  const log = openSync(logFile, 'a');
  const child = spawn(program, [...args], {
    ...(env === undefined ? {} : { env }),
    stdio: ['ignore', log, log, ...(messages === true ? (['ipc'] as const) : [])],
  });
  closeSync(log);
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

/** Resolves when it has ended, at once if it has. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
}

/** Kills a process, a stopped one as well, and waits for its end. */
export async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await ended(child);
}

process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});
