import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FIGURES, type BenchResult } from '../../bench/suite/figures.ts';
import { suitePlot } from '../../bench/suite/suite-plot.ts';
import { suiteTable } from '../../bench/suite/suite-table.ts';
import { withResult } from '../../bench/suite/write-performance-page.ts';
import { schemaFaults, type Schema } from '../docs/schema-check.ts';

interface End {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run bench` as compiled by the suite. */
function bench(words: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<End> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--expose-gc', 'dist/bench/main.js', ...words], { env }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** A folder with every program of this machine but one. */
async function programsWithout(absent: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'programs-'));
  for (const from of (process.env['PATH'] ?? '').split(delimiter))
    for (const name of await readdir(from).catch(() => []))
      if (name !== absent) await symlink(join(from, name), join(folder, name)).catch(() => undefined); // named twice
  return folder;
}

async function schema(): Promise<Schema> {
  return JSON.parse(await readFile('docs/bench.schema.json', 'utf8')) as Schema;
}

describe('npm run bench', () => {
  it('measures the product beside its rivals and prints one object, as its schema says', async () => {
    const { status, stdout, stderr } = await bench(['--only', 'a,b', '--people', '60', '--repeats', '1', '--json']);
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const result = JSON.parse(stdout) as BenchResult;
    expect(schemaFaults(await schema(), result)).toEqual([]);
    expect(result.peoplePerSecond).toBeGreaterThan(0);
    expect(result.ratioToBareLoop).toBeCloseTo(result.peoplePerSecond! / result.bareLoopPeoplePerSecond!, 6);
    expect(result.ratioToObvious).toBeCloseTo(result.peoplePerSecond! / result.obviousPeoplePerSecond!, 6);
    expect(result.callsPerPerson).toBeGreaterThan(1);
    expect(result.scaleFourWorkers).toBeNull();
    expect(result.spreads['scaleFourWorkers']).toBeUndefined();

    const page =
      'before\n<!-- npm run bench -- --write: begin -->\nold\n<!-- npm run bench -- --write: end -->\nafter\n';
    const written = withResult(page, result);
    expect(written).toContain(suiteTable(result));
    expect(written).not.toContain('old');
    expect(withResult(written, result)).toBe(written);
    expect(suitePlot(result)).toMatch(/^<svg [^]*whole night[^]*<\/svg>\n$/);
  }, 120_000);

  it('does without redis-server, and says so', async () => {
    const folder = await programsWithout('redis-server');
    const env = { ...process.env, PATH: folder };
    const { status, stdout, stderr } = await bench(['--only', 'b', '--people', '30', '--repeats', '1', '--json'], env);
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const result = JSON.parse(stdout) as BenchResult;
    expect(result.backend).toBe('postgres');
    expect(result.notes.join(' ')).toContain('redis-server is not installed');
    expect(stderr === '' || stderr.includes('redis-server is not installed')).toBe(true);
    expect(result.redisCpuMsPerPerson).toBe(0);
    await rm(folder, { recursive: true, force: true });
  }, 120_000);

  it.each([[['--only', 'z']], [['--people', 'many']], [['--unknown']], [['nothing']]])(
    'refuses %j with 2 and tells how it is used',
    async (words) => {
      const { status, stdout, stderr } = await bench(words);
      expect(status).toBe(2);
      expect(stderr).toContain('Usage: npm run bench');
      expect(stdout).toBe('');
    },
  );
});

describe('the schema of the bench', () => {
  it('describes every figure, and no other number', async () => {
    const { properties, required } = (await schema()) as { properties: Record<string, unknown>; required: string[] };
    const head = ['bench', 'mode', 'machine', 'startedAt', 'tookSeconds', 'backend', 'notes', 'repeats', 'people'];
    const expected = [...head, 'spreads', 'workerRssMiBByPeople', ...Object.keys(FIGURES)].sort();
    expect(Object.keys(properties).sort()).toEqual(expected);
    expect([...required].sort()).toEqual(expected);
  });
});
