import { readFile, stat } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config.ts';

let dockerfile: string;
let compose: string;

beforeAll(async () => {
  dockerfile = await readFile('Dockerfile', 'utf8');
  compose = await readFile('compose.yaml', 'utf8');
});

describe('Dockerfile and compose.yaml', () => {
  it('copy only what is there and what .dockerignore lets through', async () => {
    const passed = (await readFile('.dockerignore', 'utf8')).split('\n').filter((line) => line.startsWith('!'));
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    );
    expect(copied.length).toBeGreaterThan(8);
    for (const path of copied) {
      await expect(stat(path)).resolves.toBeDefined();
      expect(passed).toContain(`!${path.split('/')[0] ?? ''}`);
    }
  });

  it('leave a registration under way the time to end before a worker is killed', () => {
    const { writeDeadlineMs } = readConfig({}).times;
    const periods = [...compose.matchAll(/stop_grace_period: (\d+)s/g)].map(([, seconds]) => Number(seconds) * 1_000);
    expect(Math.max(...periods)).toBeGreaterThan(writeDeadlineMs + 15_000);
    expect(dockerfile).toContain('STOPSIGNAL SIGTERM');
  });

  it('run without root, and with the version of the package', async () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    const images = [...compose.matchAll(/image: pnbsf-cmu:(\S+)/g)].map(([, tag]) => tag);
    expect(images.length).toBeGreaterThan(0);
    expect(new Set(images)).toEqual(new Set([version]));
  });

  it('publish no port', () => {
    expect(compose).not.toMatch(/^\s+ports:/m);
  });
});
