import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FROM_OUTSIDE } from '../../src/cli/explain-error.ts';

const SOURCES = ['src', 'jobs', 'adapters', 'fixtures'];

/** Codes of every error class: `readonly code = 'X'`, or a choice of them, `readonly code: 'X' | 'Y'`. */
async function codesOfClasses(): Promise<readonly string[]> {
  const codes: string[] = [];
  for (const folder of SOURCES) {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      const text = await readFile(join(folder, name), 'utf8');
      for (const [, body = ''] of text.matchAll(/class \w+ extends \w*Error \{([\s\S]*?)\n\}/g))
        for (const [, literals = ''] of body.matchAll(/readonly code(?: = |:\s+)((?:\s*\|?\s*'[\w-]+')+)/g))
          codes.push(...[...literals.matchAll(/'([\w-]+)'/g)].map(([, code = '']) => code));
    }
  }
  return codes;
}

async function codesOfPage(): Promise<readonly string[]> {
  const page = await readFile('docs/errors.md', 'utf8');
  const firstCells = [...page.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, cell = '']) => cell);
  return firstCells.flatMap((cell) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, code = '']) => code));
}

describe('docs/errors.md', () => {
  it('lists exactly the codes of the error classes and those that the command line explains', async () => {
    const expected = new Set([...(await codesOfClasses()), ...Object.keys(FROM_OUTSIDE)]);
    expect(expected.size).toBeGreaterThan(30);
    expect([...(await codesOfPage())].sort()).toEqual([...expected].sort());
  });

  it('gives each a cause and a remedy', async () => {
    const page = await readFile('docs/errors.md', 'utf8');
    for (const [row] of page.matchAll(/^\| `.*$/gm)) {
      const cells = row.split('|').map((cell) => cell.trim());
      expect({ row, cells: cells.length, cause: cells[2] !== '', remedy: cells[3] !== '' }).toEqual({
        row,
        cells: 5,
        cause: true,
        remedy: true,
      });
    }
  });

  it('a code has one meaning: no two classes share one', async () => {
    const codes = await codesOfClasses();
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });
});
