/**
 * `npm run bench -- matching [--people N] [--seed TEXT]`: duplicates of a file of invented people, in processor seconds of
 * one core by stage, and peak memory. The file is made first and not counted.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { machine } from '../machine.ts';
import { writeCrowdFile } from './crowd-file.ts';

// Benches run compiled: Node 20 does not read TypeScript.
const JOB = fileURLToPath(new URL('./link-job.js', import.meta.url));

interface JobResult {
  readonly rows: number;
  readonly candidates: number;
  readonly decided: Readonly<Record<string, number>>;
  readonly seconds: Readonly<Record<string, number>>;
  readonly total: number;
  readonly peakMiB: number;
}

/** Runs the bench with the words of its command line; resolves to what is to be printed. */
export async function matchingBench(words: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...words],
    options: { people: { type: 'string', default: '100000' }, seed: { type: 'string', default: 'teranga' } },
  });
  const folder = await mkdtemp(join(tmpdir(), 'pnbsf-cmu-bench-'));
  try {
    const file = join(folder, 'crowd.csv');
    const { twice } = writeCrowdFile(file, Number(values.people), values.seed);
    const environment = { ...process.env, TMPDIR: folder };
    const { stdout } = await promisify(execFile)(process.execPath, [JOB, file], { env: environment });
    return report(JSON.parse(stdout) as JobResult, twice);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report(result: JobResult, twice: number): string {
  const { rows, candidates, seconds, decided } = result;
  const { read = 0, comparison = 0, scores = 0 } = seconds;
  return [
    machine(),
    `${rows} rows, ${twice} of them a person's second, ${candidates} candidates (${(candidates / rows).toFixed(1)} a row)`,
    `rows read a second: ${Math.round(rows / read)}; pairs compared and scored a second: ${Math.round(candidates / (comparison + scores))}`,
    ...Object.entries(seconds).map(([stage, time]) => `  ${stage.padEnd(12)} ${time.toFixed(1)} s`),
    `total ${result.total.toFixed(1)} s of processor, peak ${result.peakMiB} MiB; ${JSON.stringify(decided)}`,
  ].join('\n');
}
