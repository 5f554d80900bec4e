import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dedupe } from '../../src/cli/commands/dedupe.ts';
import { match } from '../../src/cli/commands/match.ts';
import { runCommand, type CommandResult } from './run-command.ts';

const HEADER = 'id,given_names,family_name,sex,date_of_birth,mother_given\n';
const PAIR_HEADER = 'left_id,right_id,score,decision,reasons';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pnbsf-cmu-match-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function dedupeOf(content: string | Buffer): Promise<CommandResult & { pairs: readonly string[][] }> {
  await writeFile(join(folder, 'a.csv'), content);
  const out = join(folder, 'paires.csv');
  const result = await runCommand(dedupe, ['--in', join(folder, 'a.csv'), '--out', out]);
  const [header, ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(header).toBe(PAIR_HEADER);
  return { ...result, pairs: lines.map((line) => line.split(',')) };
}

const AWA = 'Awa,Ndiaye,F,1987-03-14,Coumba';
const OTHERS = 'b,Moussa,Sow,M,1955,Fatou\nc,Ibrahima,Kane,M,2001-07-30,Penda\nd,Aly,Fall,M,1990-02-02,Sokhna\n';

describe('dedupe finishes with status 0 on', () => {
  const cases: readonly (readonly [what: string, content: string | Buffer, said: RegExp])[] = [
    ['a header alone', HEADER, /aucune ligne ne suit l’en-tête/],
    ['empty fields', `${HEADER}a,,,,,\nb,,,,,\n`, /auto +0/],
    ['names of one letter', `${HEADER}a,A,N,F,1987,C\nb,A,N,F,1987,C\n${OTHERS}`, /Paires comparées/],
    ['Arabic script', `${HEADER}a,محمد,انجاي,M,1987,\nb,محمد,انجاي,M,1987,\n${OTHERS}`, /Paires comparées/],
    ['N’Ko', `${HEADER}a,ߡߡߊߘߎ,ߖߊߟߏ,M,1987,\nb,ߡߡߊߘߎ,ߖߊߟߏ,M,1987,\n${OTHERS}`, /Paires comparées/],
    ['emoji', `${HEADER}a,Awa 😀,🎉,F,1987,\nb,😀,Ndiaye,F,1987,\n${OTHERS}`, /Paires comparées/],
    [
      'names of 400 letters and of 200 words',
      `${HEADER}a,${'Awa'.repeat(133)},${'N '.repeat(200)},F,1987,\nb,${'A '.repeat(200)},${'B '.repeat(200)},F,1987,\n`,
      /Paires comparées/,
    ],
    ['an id alone missing', `${HEADER},${AWA}\nb,${AWA}\n`, /1 ligne \(2\) sans identifiant/],
    ['no id column', `given_names,family_name\nAwa,Ndiaye\nAwa,Ndiaye\n`, /pas de colonne « id »/],
    ['repeated ids', `${HEADER}a,${AWA}\na,${AWA}\n${OTHERS}`, /1 ligne \(3\) dont l’identifiant est déjà pris/],
    ['an unclosed quote', `${HEADER}a,"Awa,Ndiaye,F,1987,Coumba\n${OTHERS}`, /1 ligne \(2\) illisibles|1 ligne \(2\)/],
    ['a line of ten million characters', `${HEADER}a,${'x'.repeat(1e7)}\n${OTHERS}`, /1 ligne \(2\) illisible/],
    ['too many cells', `${HEADER}a,Awa,Ndiaye,F,1987,Coumba,x,y\n${OTHERS}`, /1 ligne \(2\) illisible/],
    ['lines cut short', `${HEADER}a,Awa,Ndiaye\n${OTHERS}`, /plus courtes que l’en-tête/],
    ['Windows-1252', Buffer.from(`${HEADER}a,S\xe9ga,S\xe8ne,M,1987,\nb,Moussa,Sow,M,1955,\n`, 'latin1'), /2 lignes/],
    ['semicolons, French names and sep=', 'sep=;\nid;Nom;Prénoms;Date de naissance\n1;Sow;Aly;02/02/1990\n', /1 ligne/],
  ];

  it.each(cases)('%s', async (_what, content, said) => {
    const { status, text, pairs } = await dedupeOf(content);
    expect(status).toBe(0);
    expect(text).toMatch(said);
    for (const [left, right, score] of pairs) {
      expect(Number(score)).toBeGreaterThanOrEqual(0.01);
      expect(score).toMatch(/^[01]\.\d{4,}$/);
      expect([left, right]).toHaveLength(2);
    }
  });

  it('one person 50 000 times: each row meets the next, no more, and that is said', async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => `r${at},${AWA}\n`).join('');
    const { status, text } = await dedupeOf(HEADER + rows);
    expect(status).toBe(0);
    expect(text).toMatch(/Paires comparées : 49\u00a0999\n/);
    expect(text).toMatch(/répètent une ligne précédente, identifiant à part : 49\u00a0999/);
  });

  it('a family name held by everybody: pairs stay in proportion to the rows', async () => {
    const given = ['Awa', 'Moussa', 'Ibrahima', 'Penda', 'Aly', 'Fatou', 'Sokhna', 'Coumba'];
    const rows = Array.from({ length: 6_000 }, (_, at) => {
      const [year, month, day] = [1940 + (at % 80), 1 + (at % 12), 1 + (at % 28)].map((part) =>
        String(part).padStart(2, '0'),
      );
      return `r${at},${given[at % given.length]!} ${given[(at >> 3) % given.length]!},Ndiaye,F,${year!}-${month!}-${day!},\n`;
    });
    const { status, text } = await dedupeOf(HEADER + rows.join(''));
    expect(status).toBe(0);
    expect(Number(/Paires comparées : ([\d\u00a0]+)/.exec(text)![1]!.replaceAll('\u00a0', ''))).toBeLessThan(1_200_000);
  });
});

describe('match is refused in French with', () => {
  const run = async (a: string | Buffer | null, b: string | Buffer, ...more: string[]): Promise<unknown> => {
    if (a !== null) await writeFile(join(folder, 'l.csv'), a);
    await writeFile(join(folder, 'r.csv'), b);
    const left = join(folder, a === null ? 'absent.csv' : 'l.csv');
    return runCommand(match, [
      '--left',
      left,
      '--right',
      join(folder, 'r.csv'),
      '--out',
      join(folder, 'p.csv'),
      ...more,
    ]);
  };
  const good = `${HEADER}a,${AWA}\n`;

  it.each([
    ['a missing file', null, good, /n’existe pas/],
    ['an empty file', '', good, /est vide/],
    ['zero bytes', Buffer.from(`${HEADER}a,\0\n`), good, /pas un fichier CSV/],
    ['no known column', 'alpha,beta\n1,2\n', good, /Aucune colonne connue/],
    ['one column', 'id\n1\n1\n', good, /aucune colonne commune/],
    ['no shared column', 'id,email\n1,x@y\n', 'id,phone\n1,77\n', /aucune colonne commune/],
    ['two columns for one', 'id,nom,surname\n1,a,b\n', good, /désignent la même colonne/],
    ['a quote open at the end', `${HEADER}a,"Awa`, good, /tronqué/],
  ] as const)('%s, and leaves nothing behind', async (_what, a, b, said) => {
    await expect(run(a, b)).rejects.toMatchObject({
      code: 'FICHIER_INUTILISABLE',
      message: expect.stringMatching(said),
    });
    expect((await readdir(folder)).filter((name) => name.includes('partiel') || name === 'p.csv')).toEqual([]);
  });

  it.each([
    ['no --out', ['--left', 'a', '--right', 'b'], /Indiquez --out/],
    ['no --right', ['--left', 'a', '--out', 'b'], /Indiquez --right/],
    ['an answer over a source', ['--left', 'a', '--right', 'b', '--out', 'a'], /serait écrasé/],
  ])('%s', async (_what, words, said) => {
    await expect(runCommand(match, words)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(said),
    });
  });
});
