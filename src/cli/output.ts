/** Where a command writes: results on standard output, everything said along the way on standard error. */
export interface Output {
  /** Result, or a line of it. */
  result(text: string): void;
  /** One JSON object, alone on standard output. */
  json(value: unknown): void;
  /** For the person who watches; not part of the result. */
  say(text: string): void;
  /** A bar while a terminal watches; silent otherwise. `total` null when it is not known. */
  progress(label: string): Progress;
}

export interface Progress {
  update(done: number, total: number | null): void;
  end(): void;
}

const BAR_WIDTH = 30;
const REDRAW_MS = 100;

/** Writes to a process's streams. */
export function processOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  return {
    result: (text) => void stdout.write(`${text}\n`),
    json: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    say: (text) => void stderr.write(`${text}\n`),
    progress: (label) =>
      stderr.isTTY ? terminalBar(stderr, label) : { update: () => undefined, end: () => undefined },
  };
}

function terminalBar(stderr: NodeJS.WriteStream, label: string): Progress {
  let drawnAt = 0;
  return {
    update(done, total) {
      if (Date.now() - drawnAt < REDRAW_MS) return;
      drawnAt = Date.now();
      const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
      const filled = Math.round(share * BAR_WIDTH);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
      stderr.write(`\r\u001b[2K${label} ${bar} ${Math.floor(share * 100)} %`);
    },
    end: () => void stderr.write('\r\u001b[2K'),
  };
}
