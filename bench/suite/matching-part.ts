import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeCrowdFile } from '../matching-speed/crowd-file.ts';
import type { Collected } from './collected.ts';

// Benches run compiled: Node 20 does not read TypeScript.
const JOB = fileURLToPath(new URL('../matching-speed/link-job.js', import.meta.url));

/** Part e: the duplicates of a file of invented people, as `npm run bench -- matching` measures them. */
export async function matchingPart(people: number, found: Collected): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-matching-'));
  try {
    const file = join(folder, 'crowd.csv');
    writeCrowdFile(file, people, 'teranga');
    const env = { ...process.env, TMPDIR: folder };
    const { stdout } = await promisify(execFile)(process.execPath, [JOB, file], { env });
    const job = JSON.parse(stdout) as {
      readonly candidates: number;
      readonly seconds: Readonly<Record<string, number>>;
      readonly total: number;
    };
    const { comparison = 0, scores = 0 } = job.seconds;
    found.add('pairsPerSecond', job.candidates / (comparison + scores));
    found.add('dedupeSeconds', job.total);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
