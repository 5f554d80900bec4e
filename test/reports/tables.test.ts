import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { column, type ReportTable, type Value } from '../../src/reports/table/report-table.ts';
import { openReportFiles } from '../../src/reports/table/report-tables.ts';
import { csvCells, hasLibreOffice, openInSpreadsheet } from '../support/libre-office.ts';

type Line = readonly [identifier: string, name: string, amount: number, day: string | null];

const TABLE: ReportTable<Line> = {
  file: 'essai.csv',
  sheet: 'Essai',
  columns: [
    column('Référence', 'identifier'),
    column('Prénom(s) et nom'),
    column('Montant', 'decimal'),
    column('Jour', 'date'),
  ],
  cells: (line) => line satisfies readonly Value[],
};

const LONG = 'Ndèye Fatou '.repeat(34).trim();
const LINES: readonly Line[] = [
  ['00123', '=HYPERLINK("http://x.invalid";"cliquez")', -1234.5, '2026-11-21'],
  ['0322040403704107001', '+221 77 123 45 67', 0.04, null],
  ['12E5', '-Diop', -0.04, '2026-12-31'],
  ['3-12', '@SOMME(A1:A9)', 1_000_000, '1999-02-28'],
  ['SN-03220404-5871', '\t=1+1', 2.25, null],
  ['P0000P0000', '\r=1+1', 0, null],
  ['77123456', `N’Diaye "la grande" ; ${LONG}`, 7, null],
  ['1', 'a\u0000\u0007b\u001b\uFFFF', 1, null],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-'));
  const tables = openReportFiles(folder, 100);
  await tables.write(TABLE, LINES);
  await tables.finish();
  await writeFile(join(folder, 'essai.xlsx'), await tables.workbook());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a list as CSV', () => {
  it('keeps formulas inert, identifiers as text, numbers as numbers', async () => {
    const text = await readFile(join(folder, 'essai.csv'), 'utf8');
    const [header, ...rows] = csvCells(text, ';');
    expect(text.startsWith('\uFEFF"Référence";')).toBe(true);
    expect(header).toEqual(['Référence', 'Prénom(s) et nom', 'Montant', 'Jour']);
    expect(rows.map(([reference]) => reference)).toEqual([
      "'00123",
      "'0322040403704107001",
      "'12E5",
      "'3-12",
      'SN-03220404-5871',
      'P0000P0000',
      '77123456',
      '1',
    ]);
    for (const [, name] of rows) expect(name).not.toMatch(/^[=+\-@\t\r]/);
    expect(rows[0]).toEqual(["'00123", `'${LINES[0]![1]}`, '-1234,5', '21/11/2026']);
    expect(rows[1]![1]).toBe("'+221 77 123 45 67");
    expect(rows[6]![1]).toBe(LINES[6]![1]);
  });
});

const inSpreadsheet = hasLibreOffice() ? it : it.skip;

describe('a list as a workbook', () => {
  inSpreadsheet(
    'opens with every text as it is, and nothing run',
    async () => {
      const sheets = await openInSpreadsheet(join(folder, 'essai.xlsx'));
      const rows = sheets.get('Essai')!.slice(1);
      expect(rows.map(([reference]) => reference)).toEqual(LINES.map(([reference]) => reference));
      expect(rows.map(([, name]) => name!.trim())).toEqual(
        // Signs that XML cannot hold are left out; a carriage return ends a line there as anywhere.
        LINES.map(([, name]) => name.replace(/[\u0000-\u0008\u000e-\u001f\uffff]/g, '').trim()),
      );
      expect(rows[0]!.slice(2)).toEqual(['-1 234,5', '21/11/2026'].map((text) => expect.stringMatching(loosely(text))));
    },
    60_000,
  );

  it('stops at its limit and says where the rest is', async () => {
    const tables = openReportFiles(folder, 2);
    await tables.write(TABLE, LINES);
    await tables.finish();
    await writeFile(join(folder, 'court.xlsx'), await tables.workbook());
    if (!hasLibreOffice()) return;
    const rows = (await openInSpreadsheet(join(folder, 'court.xlsx'))).get('Essai')!;
    expect(rows.length).toBe(4);
    expect(rows[3]![0]).toBe('… et 6 autres lignes : voir essai.csv');
  }, 60_000);
});

/** Thousands stand apart by one of several spaces, or by nothing. */
function loosely(text: string): RegExp {
  return new RegExp(`^${text.replace(/ /g, '\\s?').replace('.', '\\.')}$`);
}
