import { describe, expect, it } from '@jest/globals';

import { LexiconError } from '../../src/matching/lexicon-table.ts';
import { buildNameLexicon } from '../../src/matching/name-lexicon.ts';
import type { NameKind } from '../../src/matching/name-lexicon.ts';
import { lexicon, nameFiles } from './knowledge.ts';

const cells = (line: string): string[] => line.split(';');
const rows = (text: string): string[][] => text.trim().split('\n').slice(1).map(cells);
const key = (name: string): string => name.replaceAll(/[ -]/g, '');
const forms = (row: readonly string[]): string[] =>
  [row[1]!, row[2]!].flatMap((cell) => cell.split(', ')).filter((name) => name !== '');

describe('the name files', () => {
  it.each([
    ['family', nameFiles.familyNames, 140],
    ['given', nameFiles.givenNames, 174],
  ] as const)('join every spelling of a %s name with its canonical form', (kind, text, groups) => {
    const all = rows(text);
    expect(all).toHaveLength(groups);
    const apart = all.flatMap((row) =>
      forms(row).filter((form) => lexicon.relation(kind, key(form), key(row[0]!)) !== 'spelling'),
    );
    expect(apart).toEqual([]);
  });

  it('never call two canonical forms spellings of each other', () => {
    const tables = [
      ['family', nameFiles.familyNames],
      ['given', nameFiles.givenNames],
    ] as const;
    for (const [kind, text] of tables) {
      const names = rows(text).map((row) => key(row[0]!));
      const merged = names.filter((a) => names.some((b) => a !== b && lexicon.relation(kind, a, b) === 'spelling'));
      expect(merged).toEqual([]);
    }
  });

  it('keep every look-alike pair apart', () => {
    const kinds: Record<string, NameKind[]> = { famille: ['family'], prenom: ['given'], mixte: ['family', 'given'] };
    for (const [a, b, scope] of rows(nameFiles.lookAlikes))
      for (const kind of kinds[scope!]!)
        expect(['look-alike', 'usage']).toContain(lexicon.relation(kind, key(a!), key(b!)));
  });

  it.each([
    ['MODOU', 'MAMADOU', 'usage'],
    ['KHADY', 'KHADIDIATOU', 'usage'],
    ['BABACAR', 'BOUBACAR', 'usage'],
    ['MHD', 'MOUHAMED', 'usage'],
    ['AMADOU', 'MAMADOU', 'look-alike'],
    ['ASSANE', 'OUSSEYNOU', 'look-alike'],
    ['HAWA', 'ADAMA', 'look-alike'],
    ['MOUSSA', 'SALIOU', 'known-different'],
    ['MOUSSA', 'XYZ', 'unknown'],
  ])('%s and %s are %s as given names', (a, b, relation) => {
    expect(lexicon.relation('given', a, b)).toBe(relation);
    expect(lexicon.relation('given', b, a)).toBe(relation);
  });

  it('extend a look-alike to every spelling of both names', () => {
    expect(lexicon.relation('family', 'GEYE', 'GAAY')).toBe('look-alike');
  });
});

describe('buildNameLexicon', () => {
  const broken =
    (files: Partial<typeof nameFiles>): (() => unknown) =>
    () =>
      buildNameLexicon({ ...nameFiles, ...files });

  it.each([
    ['LEXICON_COLUMNS', { familyNames: 'nom;graphies\nDIOP;DYOP' }],
    ['LEXICON_SPELLING_TWICE', { familyNames: `${nameFiles.familyNames}DIOUM;DYOP;;;usage\n` }],
    ['LEXICON_CONFLICT', { lookAlikes: `${nameFiles.lookAlikes}DIOP;DYOP;famille;\n` }],
    ['LEXICON_VALUE', { lookAlikes: `${nameFiles.lookAlikes}DIOP;LO;partout;\n` }],
    ['LEXICON_VALUE', { titles: `${nameFiles.titles}COLONEL;grade;\n` }],
    ['LEXICON_VALUE', { givenNames: `${nameFiles.givenNames};MOUSA;;;usage\n` }],
  ])('refuses with %s', (code, files) => {
    expect(broken(files)).toThrow(LexiconError);
    expect(broken(files)).toThrow(code);
  });

  it('reads a file as a French spreadsheet saves it: mark, CRLF, empty lines', () => {
    const saved = buildNameLexicon({
      ...nameFiles,
      familyNames: `\ufeff${nameFiles.familyNames.replaceAll('\n', '\r\n')}\r\n\r\n`,
    });
    expect(saved.relation('family', 'DYOP', 'DIOP')).toBe('spelling');
  });

  it('names the same files by the same version, and changed ones by another', () => {
    expect(buildNameLexicon(nameFiles).version).toBe(lexicon.version);
    const changed = buildNameLexicon({ ...nameFiles, lookAlikes: `${nameFiles.lookAlikes}DIOP;LO;famille;\n` });
    expect(changed.version).not.toBe(lexicon.version);
  });
});
