import { readFile, stat } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine } from '../cli/command-line.ts';

let readme: string;

beforeAll(async () => {
  readme = await readFile('README.md', 'utf8');
});

describe('README.md', () => {
  it('gives the two commands of a fresh machine', () => {
    expect(readme).toContain('npm ci && npm run demo');
    expect(readme).toContain('npm ci && npm test');
  });

  it('lists the commands the program lists', async () => {
    const cli = await CommandLine.open();
    const { stdout } = await cli.run('--help');
    await cli.close();
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name);
    const section = readme.split('## Commands')[1]?.split('\n## ')[0] ?? '';
    const listed = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect([...listed].sort()).toEqual([...commands].sort());
  });

  it('points to files that exist', async () => {
    const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(10);
    for (const target of targets) await expect(stat(target)).resolves.toBeDefined();
  });
});
