import { spawn } from 'node:child_process';

/** How a chaos run ended. */
export interface ChaosEnd {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly lastLine: string;
}

/** Starts `npm run chaos` as compiled by the suite; `watch` is told of everything it says along the way. */
export function chaos(words: readonly string[], watch: (said: string, stop: () => void) => void = () => undefined) {
  return new Promise<ChaosEnd>((resolve) => {
    const child = spawn(process.execPath, ['dist/bench/chaos/main.js', ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      watch(stderr, () => child.kill('SIGTERM'));
    });
    child.on('close', (status) => {
      resolve({ status, stdout, stderr, lastLine: stdout.trimEnd().split('\n').at(-1) ?? '' });
    });
  });
}
