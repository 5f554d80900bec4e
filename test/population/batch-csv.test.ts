import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeBatchCsv } from '../../fixtures/population/batch-csv.ts';
import { generateHouseholds, generatePopulation } from '../../fixtures/population/population.ts';
import { RNU_FIELDS } from '../../fixtures/population/rnu-row.ts';
import { writeTruth } from '../../fixtures/population/truth-file.ts';
import { encodeWindows1252 } from '../../fixtures/population/file/windows-1252.ts';

const OPTIONS = { people: 2_000, seed: 'fichier', asOf: '2026-11-21' };

/** Cells of one line, quotes taken off. */
function cellsOf(line: string): string[] {
  const cells = line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g);
  return [...cells].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

describe('the batch file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'population-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has one line a person under the columns of the form', async () => {
    const path = join(folder, 'lot.csv');
    const { households } = generatePopulation(OPTIONS);
    const written = await writeBatchCsv({ households }, path);
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines[0]).toBe(RNU_FIELDS.join(';'));
    expect(lines).toHaveLength(2_001);
    expect(written).toMatchObject({ lines: 2_000, people: 2_000, unreadableLines: 0 });
    expect(lines.filter((line) => cellsOf(line).length !== RNU_FIELDS.length)).toEqual([]);
    expect(lines.some((line) => line.includes('"'))).toBe(true);
    const addresses = households.flatMap((household) => household.rows.map((row) => row.adresse));
    expect(lines.slice(1).map((line) => cellsOf(line)[RNU_FIELDS.indexOf('adresse')])).toEqual(addresses);
  });

  it('is the same file streamed or from memory', async () => {
    const paths = [join(folder, 'a.csv'), join(folder, 'b.csv')] as const;
    await writeBatchCsv(generatePopulation(OPTIONS), paths[0]);
    await writeBatchCsv({ households: generateHouseholds(OPTIONS) }, paths[1]);
    expect(await readFile(paths[1])).toEqual(await readFile(paths[0]));
  });

  it('writes Windows-1252, a BOM, tabs and CRLF as asked', async () => {
    const path = join(folder, 'page.csv');
    const households = { households: [...generateHouseholds(OPTIONS)] };
    await writeBatchCsv(households, path, { encoding: 'windows-1252', separator: '\t', eol: '\r\n' });
    const bytes = await readFile(path);
    const text = new TextDecoder('windows-1252').decode(bytes);
    expect(text.startsWith('referenceMenage\tregion')).toBe(true);
    expect(text.split('\r\n')).toHaveLength(2_002);
    const accented = households.households.flatMap((one) => one.rows).find((row) => /[éèï]/.test(row.nomComplet));
    expect(text).toContain(accented?.nomComplet);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    await writeBatchCsv(households, path, { encoding: 'utf-8-bom' });
    expect((await readFile(path)).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('adds unreadable lines only when asked, beside the people', async () => {
    const path = join(folder, 'illisible.csv');
    const written = await writeBatchCsv(generatePopulation(OPTIONS), path, { unreadableLines: 4 });
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n').slice(1);
    expect(written).toMatchObject({ lines: 2_004, people: 2_000, unreadableLines: 4 });
    const odd = lines.filter((line) => {
      const cells = cellsOf(line);
      return cells.length !== RNU_FIELDS.length || !/^\d+$/.test(cells[25] ?? '') || cells[26] === '';
    });
    expect(odd).toHaveLength(4);
  });

  it('has a line of truth for each person', async () => {
    const path = join(folder, 'verite.jsonl');
    const population = generatePopulation(OPTIONS);
    expect(await writeTruth(population, path)).toBe(2_000);
    const entries = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(entries).toEqual(JSON.parse(JSON.stringify(population.truth)));
  });

  it('encodes the characters that Windows-1252 keeps where Latin-1 has controls', () => {
    expect([...encodeWindows1252('é’€œŸŽ–漢')]).toEqual([0xe9, 0x92, 0x80, 0x9c, 0x9f, 0x8e, 0x96, 0x3f]);
  });
});
