import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeErrorFile } from '../../src/pipeline/intake/error-file.ts';
import { Deliveries, HEADER, line } from './deliveries.ts';
import { readLines } from './reading.ts';

let deliveries: Deliveries;
beforeAll(async () => {
  deliveries = await Deliveries.open();
});
afterAll(() => deliveries.database.close());

it('gives every unreadable line back with its reason, in a file a French Excel opens', async () => {
  const bad = [
    line('', 1, 'Awa Ba'),
    line('SN-1-1', 1, '"Awa "Ba" Fall"'),
    '=HYPERLINK("x");1',
    line('SN-1-1', 1, '"sur deux\nlignes"', '3;2;05;1990'),
  ];
  const header = HEADER.replace('referenceMenage', 'reference_enquete');
  const result = await deliveries.importText(`${header}\n${line('SN-1-2', 1, 'Sidy Ba')}\n${bad.join('\n')}\n`);
  const path = deliveries.path('erreurs.csv');
  // The line with a quoted line end lacks fields: its two physical lines are both unreadable.
  expect(await writeErrorFile(deliveries.database, result.batchId ?? '', path)).toBe(5);
  const text = await readFile(path, 'utf8');
  expect(text.startsWith(`\ufeff"ligne";"champ";"code";"explication";"remède";"contenu"\r\n`)).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  const rows = readLines(text, 6).map((row) => ('fields' in row ? row.fields : []));
  expect(rows.slice(1).map(([number, field, code]) => [number, field, code])).toEqual([
    ['3', 'reference_enquete', 'REFERENCE_VIDE'],
    ['4', '', 'GUILLEMET_MAL_PLACE'],
    ['5', '', 'NOMBRE_DE_CHAMPS'],
    ['6', '', 'GUILLEMET_NON_FERME'],
    ['7', '', 'NOMBRE_DE_CHAMPS'],
  ]);
  expect(rows.slice(1).map((row) => row[5])).toEqual([
    bad[0],
    bad[1],
    `'${bad[2]}`,
    line('SN-1-1', 1, '"sur deux').split(';3;')[0],
    'lignes";3;2;05;1990',
  ]);
  for (const row of rows.slice(1)) expect(row[3]?.length).toBeGreaterThan(20);
  expect((await stat(path)).mode & 0o077).toBe(0);
});

it('pages through more lines than one page holds, in file order', async () => {
  const lines = Array.from({ length: 2_500 }, (_, index) => line('', (index % 99) + 1, 'Awa Ba'));
  const result = await deliveries.importText(`${HEADER}\n${lines.join('\n')}\n`);
  const path = deliveries.path('erreurs-2.csv');
  expect(await writeErrorFile(deliveries.database, result.batchId ?? '', path)).toBe(2_500);
  const numbers = readLines(await readFile(path, 'utf8'), 6, ';', 50_000).slice(1);
  expect(numbers.map((row) => ('fields' in row ? row.fields[0] : ''))).toEqual(
    lines.map((_, index) => String(index + 2)),
  );
});
