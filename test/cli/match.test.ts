import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { match } from '../../src/cli/commands/match.ts';
import { runCommand, type CommandResult } from './run-command.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pnbsf-cmu-match-'));
  await writeFile(
    join(folder, 'rnu.csv'),
    'id;nom;prenoms;sexe;date_naissance;lieu_naissance\n1;Ndiaye;Awa;F;14/03/1987;Podor\n2;Sow;Moussa;H;1955;"Thiès\nEst"\n3;Fall;Aly;M;02.02.1990;Dakar\n',
  );
  await writeFile(
    join(folder, 'ec.csv'),
    'id,family_name,given_names,sex,date_of_birth,place_of_birth\n"x,1",NJIE,HAWA,F,1987-03-14,PODOR\ny,FALL,ALY,M,1990-02-02,DAKAR\nz,GOMIS,ROKHAYA,F,1971,ZIGUINCHOR\n',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...more: string[]): Promise<CommandResult> =>
  runCommand(match, [
    '--left',
    join(folder, 'rnu.csv'),
    '--right',
    join(folder, 'ec.csv'),
    '--out',
    join(folder, 'p.csv'),
    ...more,
  ]);

it('writes the pairs of two files, whatever their separators and names of columns', async () => {
  const { status, text } = await run();
  expect(status).toBe(0);
  expect(text).toContain('rnu.csv : 3 lignes');
  const [header, ...lines] = (await readFile(join(folder, 'p.csv'), 'utf8')).trimEnd().split('\n');
  expect(header).toBe('left_id,right_id,score,decision,reasons');
  const pairs = lines
    .filter((line) => Number(/,(\d\.\d+),/.exec(line)![1]) > 0.5)
    .map((line) => line.split(',0.')[0]!.split(',1.')[0]);
  expect(pairs).toEqual(['1,"x,1"', '3,y']);
});

it('tells the outcome in JSON', async () => {
  const { json } = await run('--json');
  expect(json).toMatchObject({ files: [{ rows: 3, unreadable: 0 }, { rows: 3 }], pairs: { auto: expect.any(Number) } });
});

it('takes names of columns from a map, in either direction, and leaves out what it says', async () => {
  await writeFile(
    join(folder, 'carte.json'),
    JSON.stringify({ nom: 'mother_family', given_names: 'prenoms', sexe: null }),
  );
  const { text } = await run('--fields', join(folder, 'carte.json'));
  expect(text).toMatch(/colonnes d’un seul fichier, non comparées : mother_family, family_name, sex/);
});

it.each([
  ['[]', /n’est pas un objet JSON/],
  ['{', /n’est pas du JSON valide/],
  ['{"nom": "patronyme"}', /n’est pas une colonne connue/],
  ['{"nom": 3}', /n’a pas pour valeur un texte/],
])('refuses the map %s', async (map, said) => {
  await writeFile(join(folder, 'carte.json'), map);
  await expect(run('--fields', join(folder, 'carte.json'))).rejects.toThrow(said);
});
