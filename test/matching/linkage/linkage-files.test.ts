import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { findDuplicates, linkTables } from '../../../src/matching/linkage/link-tables.ts';
import type { LinkedPair } from '../../../src/matching/linkage/link-tables.ts';
import { LINKED_PAIR_HEADER, linkedPairLine } from '../../../src/matching/linkage/linked-pair-csv.ts';
import { LinkagePolicyError, parseLinkagePolicy } from '../../../src/matching/linkage/linkage-policy.ts';
import { readLinkageTable, sharedFields } from '../../../src/matching/linkage/linkage-table.ts';
import { knowledge } from './labelled-jobs.ts';

const known = knowledge();
const read = (header: string, ...rows: string[]): ReturnType<typeof readLinkageTable> =>
  readLinkageTable(
    header.split(','),
    rows.map((row) => row.split(',')),
    {},
    known.pools,
  );

describe('readLinkageTable', () => {
  it('reads known columns by kind, others as they are, and follows aliases', () => {
    const table = readLinkageTable(
      ['prenoms', 'id', 'nom', 'date_of_birth', 'cohorte'],
      [
        ['Awa', '7', "N'Diaye", '1987-03-14', 'A'],
        ['Awa', '8', 'NDIAYE', '1987-01-01', ''],
        ['Awa', '9'],
      ],
      { prenoms: 'given_names', nom: 'family_name' },
      known.pools,
    );
    expect([0, 1, 2].map((row) => table.ids.at(row))).toEqual(['7', '8', '9']);
    expect(table.fields.map((field) => field.name)).toEqual(['given_names', 'family_name', 'date_of_birth', 'cohorte']);
    const family = table.columns.get('family_name')!;
    expect(family[0]).toBe(family[1]);
    expect([...table.columns.get('date_of_birth')!]).toEqual([19870314, 19870000, 0]);
    expect([...table.columns.get('cohorte')!].map((value) => value > 0)).toEqual([true, false, false]);
  });

  it.each([
    ['LINKAGE_NO_ID', 'given_names,family_name'],
    ['LINKAGE_DUPLICATE_COLUMN', 'id,given_names,given_names'],
  ])('refuses with %s', (code, header) => {
    expect(() => read(header)).toThrow(code);
  });

  it('links on the columns that both files have', () => {
    const [left, right] = [read('id,given_names,commune,region'), read('id,given_names,commune,phone')];
    expect(sharedFields(left, right).map((field) => [field.name, field.dependsOn])).toEqual([
      ['given_names', null],
      ['commune', null],
    ]);
    expect(() => sharedFields(read('id,phone'), read('id,email'))).toThrow('LINKAGE_NO_COLUMN');
  });
});

describe('linking small or empty files', () => {
  const header = 'id,given_names,family_name,sex,date_of_birth,mother_given';

  it('finds nothing in nothing', () => {
    expect(linkTables(read(header), read(header), known)).toEqual([]);
    expect(findDuplicates(read(header), known)).toEqual([]);
    expect(findDuplicates(read(header, 'a,Awa,Ndiaye,F,1987-03-14,'), known)).toEqual([]);
    expect(linkTables(read(header, 'a,,,,,'), read(header, 'b,,,,,'), known)).toEqual([]);
  });

  it('recognises one person among three', () => {
    const left = read(
      header,
      'a,Awa,Ndiaye,F,1987-03-14,Coumba',
      'b,Moussa,Sow,M,1955,',
      'c,Ibrahima,Kane,M,2001-07-30,',
    );
    const right = read(
      header,
      'x,HAWA,NJIE,F,1987-03-14,COUMBA',
      'y,Aly,Fall,M,1990-02-02,',
      'z,Rokhaya,Gomis,F,1971,',
    );
    const [first] = linkTables(left, right, known);
    expect([first?.leftId, first?.rightId]).toEqual(['a', 'x']);
    expect(first?.score).toBeGreaterThan(0.9);
  });
});

describe('linkedPairLine', () => {
  const pair: LinkedPair = {
    leftId: 'a"1',
    rightId: 'b,2',
    score: 0.98765,
    decision: 'review',
    doubts: ['close-candidate'],
    evidence: [
      { field: 'given_names', level: 'exact', bits: 6.94 },
      { field: 'sex', level: 'different', bits: -5.6 },
    ],
    priorBits: -12.34,
  };

  it('writes what the other side can parse', () => {
    expect(LINKED_PAIR_HEADER).toBe('left_id,right_id,score,decision,reasons');
    expect(linkedPairLine(pair)).toBe(
      '"a""1","b,2",0.9877,review,given_names=exact(+6.9)|sex=different(-5.6)|prior(-12.3)|close-candidate',
    );
  });
});

describe('parseLinkagePolicy', () => {
  const text = readFileSync(new URL('../../../config/names/linkage-policy.json', import.meta.url), 'utf8');
  const file = JSON.parse(text) as Record<string, object>;
  const changed = (change: Record<string, unknown>): string => JSON.stringify({ ...file, ...change });

  it.each([
    ['file', '{'],
    ['version', changed({ version: '' })],
    ['match.name', changed({ match: { name: [1, 0] } })],
    ['match.date', changed({ match: { ...file['match'], date: [0.5, 0.5] } })],
    ['matchOfField.commune', changed({ matchOfField: { commune: [0.5, 0.4, 0.3] } })],
    ['namesakeShare', changed({ namesakeShare: 2 })],
    ['decision', changed({ decision: [] })],
  ])('refuses a file because of "%s"', (member, broken) => {
    expect(() => parseLinkagePolicy(broken)).toThrow(LinkagePolicyError);
    expect(() => parseLinkagePolicy(broken)).toThrow(`"${member}"`);
  });
});
