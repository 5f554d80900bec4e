import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const LAUNCHER = resolve('src/cli/launcher.mjs');

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that goes on until it is stopped. */
export interface Running {
  /** First match of a pattern on its standard output; rejects when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Ended>;
}

/**
 * The program as users meet it: a child process in a folder of its own, with nothing of this machine's settings in its
 * environment.
 */
export class CommandLine {
  readonly directory: string;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(directory: string, environment: Readonly<Record<string, string>>) {
    this.directory = directory;
    this.#environment = environment;
  }

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<CommandLine> {
    const directory = await mkdtemp(join(tmpdir(), 'pnbsf-cmu-cli-'));
    return new CommandLine(directory, { PNBSF_DATA: join(directory, 'donnees'), PNBSF_LOG: 'error', ...environment });
  }

  /** The same folder with further settings. */
  with(environment: Readonly<Record<string, string>>): CommandLine {
    return new CommandLine(this.directory, { ...this.#environment, ...environment });
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  async run(...words: readonly string[]): Promise<Ended> {
    return ended(this.#spawn(words));
  }

  start(...words: readonly string[]): Running {
    const child = this.#spawn(words);
    const end = ended(child);
    return {
      says: (pattern) => firstMatch(child, pattern, end),
      async stop() {
        child.kill('SIGTERM');
        return end;
      },
    };
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  #spawn(words: readonly string[]): ChildProcess {
    const { PATH = '', HOME = '', TMPDIR = tmpdir() } = process.env;
    return spawn(process.execPath, [LAUNCHER, ...words], {
      cwd: this.directory,
      env: { PATH, HOME, TMPDIR, ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

async function ended(child: ChildProcess): Promise<Ended> {
  const text = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, ...text };
}

async function firstMatch(child: ChildProcess, pattern: RegExp, end: Promise<Ended>): Promise<RegExpExecArray> {
  let text = '';
  const found = new Promise<RegExpExecArray>((resolveMatch) => {
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      const match = pattern.exec(text);
      if (match) resolveMatch(match);
    });
  });
  const tooEarly = end.then(({ stderr }) =>
    Promise.reject(new Error(`ended without saying ${pattern.source}: ${stderr}`)),
  );
  return Promise.race([found, tooEarly]);
}
