import { describe, expect, it } from '@jest/globals';

import { findDuplicates, linkTables } from '../../../src/matching/linkage/link-tables.ts';
import { readLinkageTable } from '../../../src/matching/linkage/linkage-table.ts';
import type { LinkageTable } from '../../../src/matching/linkage/linkage-table.ts';
import { knowledge } from './labelled-jobs.ts';

const known = knowledge();
const read = (header: string, rows: readonly string[]): LinkageTable =>
  readLinkageTable(
    header.split(','),
    rows.map((row, at) => [String(at), ...row.split(',')]),
    {},
    known.pools,
  );

describe('one person many times over', () => {
  const header = 'id,given_names,family_name,sex,date_of_birth,place_of_birth';
  const person = 'Mamadou,Diop,M,1975-04-03,THIES';

  it('is found when nobody else is in the file', () => {
    const pairs = findDuplicates(
      read(
        header,
        Array.from({ length: 3000 }, () => person),
      ),
      known,
    );
    const links = pairs.filter(({ decision }) => decision === 'auto');
    expect(links).toHaveLength(2999);
    expect(pairs.length).toBeLessThan(3 * 3000);
  });

  it('does not make others look alike', () => {
    const rows = [...Array.from({ length: 300 }, () => person), 'Awa,Sow,F,1991-02-14,KOLDA', 'Astou,Sow,F,1988,KOLDA'];
    const pairs = findDuplicates(read(header, rows), known);
    expect(pairs.filter(({ rightId, decision }) => rightId === '301' && decision === 'auto')).toEqual([]);
    expect(pairs.filter(({ decision }) => decision === 'auto')).toHaveLength(299);
  });
});

describe('values in each other’s place', () => {
  const header = 'id,given_names,family_name,sex,date_of_birth,place_of_birth,commune';
  const others = ['Awa,Fall,F,1980-01-02,KOLDA,KOLDA', 'Ibrahima,Sy,M,1990-05-06,MATAM,MATAM'];
  const levelsOf = (left: string, right: string): Readonly<Record<string, string>> => {
    const pairs = linkTables(read(header, [left, ...others]), read(header, [right, ...others]), known);
    const pair = pairs.find(({ leftId, rightId }) => leftId === '0' && rightId === '0');
    return Object.fromEntries((pair?.evidence ?? []).map(({ field, level }) => [field, level]));
  };
  const right = 'Aminata Aïda,Ngom,F,1981-05-03,FATICK,THIES';

  it('are compared as what they are: an inverted short form, whichever row is inverted', () => {
    const names = { given_names: 'near', family_name: 'exact' };
    expect(levelsOf('Ngom,Amy,F,1981-05-03,FATICK,THIES', right)).toMatchObject(names);
    expect(levelsOf(right, 'Ngom,Amy,F,1981-05-03,FATICK,THIES')).toMatchObject(names);
  });

  it('are taken apart: both names in one field', () => {
    expect(levelsOf('Aminata Ngom,,F,1981-05-03,FATICK,THIES', right)).toMatchObject({
      given_names: 'contained',
      family_name: 'close',
    });
  });

  it('stand in for a missing place of birth: the commune', () => {
    expect(levelsOf('Aminata Aïda,Ngom,F,1981-05-03,,FATICK', right)).toMatchObject({ place_of_birth: 'near' });
    expect(levelsOf('Aminata Aïda,Ngom,F,1981-05-03,,MATAM', right)).not.toHaveProperty('place_of_birth');
  });
});
