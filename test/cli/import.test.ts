import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { CommandLine } from './command-line.ts';

const SAMPLE = 'fixtures/samples/lot-exemple.csv';
const HEADER = 'referenceMenage;numeroOrdre;nomComplet;lienParente;sexe;anneeNaissance;commune';

let database: TestDatabase;
let cli: CommandLine;

beforeAll(async () => {
  database = await createTestDatabase();
  cli = await CommandLine.open({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await cli.close();
  await database.close();
});

async function counts(): Promise<{ batches: number; people: number }> {
  const { rows } = await database.pool.query<{ batches: number; people: number }>(
    'select (select count(*) from batch)::int as batches, (select count(*) from person)::int as people',
  );
  return rows[0] ?? { batches: -1, people: -1 };
}

async function file(name: string, content: string | Buffer): Promise<string> {
  await writeFile(cli.path(name), content);
  return name;
}

describe('a file that cannot be a batch', () => {
  const whole = `${HEADER}\nSN-1-1;1;AWA NDIAYE;1;2;1970;DIAWARA\nSN-1-1;2;MODOU NDIAYE;3;1;2001;DIAWARA\n`;
  const cases: readonly (readonly [string, string, string | Buffer | null, RegExp, string])[] = [
    ['that is missing', 'absent.csv', null, /Le fichier n’existe pas\.\n→ Vérifier le chemin/, 'FICHIER_INTROUVABLE'],
    ['that is empty', 'vide.csv', '', /Le fichier est vide\.\n→ Exporter de nouveau/, 'FICHIER_VIDE'],
    ['with a header only', 'entete.csv', `${HEADER}\n`, /ne contient aucune personne.*\n→ /, 'FICHIER_SANS_LIGNE'],
    [
      'that is a workbook',
      'classeur.xlsx',
      Buffer.concat([Buffer.from('PK\u0003\u0004\u0014\u0000\u0006\u0000'), Buffer.alloc(512)]),
      /n’est pas un fichier CSV\.\n→ Depuis un tableur/,
      'FICHIER_BINAIRE',
    ],
    [
      'that was cut while it was sent',
      'coupe.csv',
      whole.slice(0, whole.indexOf('MODOU') + 3),
      /Fichier tronqué.*\n→ Transmettre de nouveau/,
      'FICHIER_TRONQUE',
    ],
    [
      'whose compression was cut',
      'coupe.csv.gz',
      gzipSync(whole).subarray(0, 40),
      /gzip est endommagée ou incomplète\.\n→ /,
      'ARCHIVE_ENDOMMAGEE',
    ],
    [
      'with other columns',
      'autre.csv',
      'Nom;Prénom;Âge\nNDIAYE;AWA;54\n',
      /Colonnes obligatoires absentes : referenceMenage, numeroOrdre.*\n→ Renommer/,
      'COLONNES_MANQUANTES',
    ],
  ];

  it.each(cases)(
    '%s is refused whole, in French, with a remedy and a code',
    async (_what, name, content, said, code) => {
      if (content !== null) await file(name, content);
      const before = await counts();
      const { status, stdout, stderr } = await cli.run('import', name);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(said);
      expect(stderr).toContain(`(${code})`);
      expect(await counts()).toEqual(before);
    },
  );

  it('a folder is refused as well', async () => {
    const { status, stderr } = await cli.run('import', '.');
    expect(status).toBe(1);
    expect(stderr).toContain('(FICHIER_EST_UN_DOSSIER)');
  });
});

describe('a batch', () => {
  beforeAll(() => copyFile(SAMPLE, cli.path('lot.csv')));

  it('is only read by a dry run', async () => {
    const before = await counts();
    const { status, stdout } = await cli.run('import', '--dry-run', 'lot.csv');
    expect(status).toBe(0);
    expect(stdout).toContain('contrôlé, rien n’a été importé');
    expect(await counts()).toEqual(before);
  });

  it('is imported once: the same file again says so and changes nothing', async () => {
    const first = await cli.run('import', 'lot.csv');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(/^lot\.csv : importé, lot lot\.\n {2}lignes lues [\d\u00a0]+ = acceptées/);
    const after = await counts();
    expect(after.people).toBeGreaterThan(0);

    const again = await cli.run('import', 'lot.csv');
    expect(again).toEqual({ status: 0, stderr: '', stdout: 'lot.csv : déjà importé (lot lot). Rien n’a changé.\n' });
    expect(await counts()).toEqual(after);
  });

  it('tells its figures as JSON, and they add up', async () => {
    await file('petit.csv', `${HEADER}\nSN-9-9;1;AWA SARR;1;2;1970;DIAWARA\nSN-9-9;x;MODOU SARR;3;1;2001;DIAWARA\n`);
    const { status, stdout } = await cli.run('import', '--json', 'petit.csv');
    expect(status).toBe(0);
    const result = JSON.parse(stdout) as { counts: Record<string, number>; errorFile: string };
    expect(result.counts).toMatchObject({ linesRead: 2, accepted: 1, repeats: 0, unreadable: 1 });
    const unreadable = await readFile(result.errorFile, 'utf8');
    expect(unreadable).toContain('NUMERO_ORDRE_ILLISIBLE');
  });
});
