import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const CHECKER = 'bench/chaos/checker';

describe('the checker of a chaos night', () => {
  it('shares no code with what it judges', async () => {
    const files = await readdir(CHECKER);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const source = await readFile(join(CHECKER, file), 'utf8');
      const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, path]) => path);
      expect(imported.filter((path) => !/^(node:|\.\/)/.test(path!))).toEqual([]);
    }
  });
});
