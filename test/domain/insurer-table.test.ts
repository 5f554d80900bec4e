import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { coverPeriod, coverStartOf } from '../../src/domain/cover-period.ts';
import { CONTRACT_CAPABILITIES, readInsurerTable } from '../../src/domain/insurer-table.ts';

const HEADER = 'assureur;cle_idempotence;recherche_reference;recherche_identite';
const KNOWN = new Set(['UDAM-PODOR', 'UDAM-DAGANA']);
const table = (...lines: readonly string[]): string => [HEADER, ...lines].join('\n');

describe('what an insurer offers', () => {
  it('is what its own line says, and otherwise what the rest offers', () => {
    const capabilitiesOf = readInsurerTable(table('*;oui;oui;non', 'UDAM-PODOR;non;non;oui'), KNOWN);
    const own = { idempotencyKey: false, searchByReference: false, searchByIdentity: true };
    expect(capabilitiesOf('UDAM-PODOR')).toEqual(own);
    for (const other of ['UDAM-DAGANA', ''])
      expect(capabilitiesOf(other)).toEqual({ idempotencyKey: true, searchByReference: true, searchByIdentity: false });
  });

  it('is in the delivered table what the contract says', () => {
    const delivered = readInsurerTable(readFileSync('config/assureurs.csv', 'utf8'), KNOWN);
    expect(delivered('UDAM-PODOR')).toEqual(readInsurerTable(CONTRACT_CAPABILITIES, KNOWN)('UDAM-PODOR'));
  });

  it.each([
    ['a word that is neither oui nor non', table('*;oui;peut-être;non'), 'colonne recherche_reference'],
    ['an insurer of no département', table('*;oui;oui;non', 'UDAM-X;oui;oui;oui'), '« UDAM-X »'],
    ['an insurer named twice', table('*;oui;oui;non', '*;oui;non;non'), '« * » figure deux fois'],
    ['a table without the rest', table('UDAM-PODOR;oui;oui;non'), 'la ligne « * » manque'],
    [
      'a column under another name',
      table('*;oui;oui;non').replace('recherche_identite', 'identite'),
      'recherche_identite',
    ],
    ['a line with too few fields', table('*;oui;oui'), 'ligne 2'],
  ])('refuses %s', (_what, text, fault) => {
    expect(() => readInsurerTable(text, KNOWN)).toThrow(expect.objectContaining({ code: 'TABLE_DE_REFERENCE' }));
    expect(() => readInsurerTable(text, KNOWN)).toThrow(fault);
  });

  it('tells all faults at once', () => {
    expect(() => readInsurerTable(table('*;oui;x;y', 'UDAM-X;oui;oui;oui'), KNOWN)).toThrow(
      /recherche_reference.*recherche_identite.*UDAM-X/,
    );
  });
});

describe('the first day of a cover', () => {
  it.each(['2026-11-21', '2027-01-01', '2028-03-01'])('is told from its last: %s', (start) => {
    expect(coverStartOf(coverPeriod(start, 12).end, 12)).toBe(start);
  });
});
