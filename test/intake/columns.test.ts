import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { columnCatalogue, ColumnCatalogueError } from '../../src/pipeline/intake/column-catalogue.ts';
import { recogniseColumns } from '../../src/pipeline/intake/columns.ts';
import { FIELD_NAMES } from '../../src/pipeline/intake/field-names.ts';
import { HeaderFinder } from '../../src/pipeline/intake/header-finder.ts';
import { IntakeError } from '../../src/pipeline/intake/intake-error.ts';
import { catalogue } from './deliveries.ts';

function header(...texts: readonly string[]): ReturnType<HeaderFinder['take']> {
  const finder = new HeaderFinder(catalogue);
  let found: ReturnType<HeaderFinder['take']> = null;
  for (const text of texts) {
    expect(found).toBeNull();
    found = finder.take({ number: 1, text, byteLength: text.length, ended: true, overlong: false });
  }
  return found;
}

describe('recognising columns', () => {
  it('knows every field by its own name and by the names on the form and in exports', () => {
    for (const field of FIELD_NAMES) expect(catalogue.fieldOf(field)).toBe(field);
    expect(catalogue.fieldOf('reference_enquete')).toBe('referenceMenage');
    expect(catalogue.fieldOf('nom_quatier_men')).toBe('quartierVillage');
    expect(catalogue.fieldOf(' N° CNI ')).toBe('numeroCni');
    expect(catalogue.fieldOf('LIEN DE PARENTE')).toBe('lienParente');
    expect(catalogue.fieldOf('scorePmt')).toBeUndefined();
  });

  it('names the missing columns and the headers it saw', () => {
    expect(() => recogniseColumns(['referenceMenage', 'age', 'truc'], catalogue)).toThrow(
      /absentes : numeroOrdre, nomComplet\. En-têtes lus : referenceMenage, age, truc/,
    );
  });

  it('refuses two columns for one field', () => {
    const twice = ['referenceMenage', 'numeroOrdre', 'nomComplet', 'CNI', 'numeroCni'];
    expect(() => recogniseColumns(twice, catalogue)).toThrow(/CNI et numeroCni/);
  });

  it('gives a field the name its sender uses', () => {
    const columns = recogniseColumns(['reference_enquete', 'I1', 'I2', 'truc'], catalogue);
    expect(columns.labelOf('referenceMenage')).toBe('reference_enquete');
    expect(columns.labelOf('sexe')).toBe('sexe');
    expect(columns.ignored).toEqual(['truc']);
    expect(columns.read(['r', '1', 'n', 't'])('nomComplet')).toBe('n');
    expect(columns.read(['r', '1', 'n', 't'])('sexe')).toBeUndefined();
  });

  it('finds the separator by the columns it yields', () => {
    expect(header('referenceMenage;numeroOrdre;nomComplet')?.separator).toBe(';');
    expect(header('"referenceMenage";"numeroOrdre";"nomComplet"')?.separator).toBe(';');
    expect(header('referenceMenage,numeroOrdre,"truc; muche; chose; machin",nomComplet')?.separator).toBe(',');
    expect(header('referenceMenage\tnumeroOrdre\tnomComplet')?.separator).toBe('\t');
  });

  it('skips blank lines and the line spreadsheets put first', () => {
    expect(header('', 'sep=;', 'referenceMenage;numeroOrdre;nomComplet')?.columns.width).toBe(3);
  });

  it('reads a header whose cell holds a line end', () => {
    const found = header('referenceMenage;numeroOrdre;"Prénom', 'et nom";sexe');
    expect(found?.columns.labelOf('sexe')).toBe('sexe');
    expect(found?.columns.width).toBe(4);
  });

  it.each(['<?xml version="1.0"?>', '{"membres":[]}', '%PDF-1.7', 'PK\u0003\u0004truc'])(
    'refuses %j as no CSV file',
    (text) => {
      expect(() => header(text)).toThrow('Ce fichier n’est pas un fichier CSV.');
    },
  );
});

describe('the column catalogue', () => {
  it('reports every fault at once, by place', async () => {
    const document = JSON.parse(await readFile('config/columns.json', 'utf8')) as {
      aliases: Record<string, unknown>;
      values: Record<string, unknown>;
      unknownMonths: unknown;
    };
    document.aliases['inconnu'] = ['x'];
    document.aliases['sexe'] = ['age'];
    document.values['sexe'] = { M: ['1'], F: ['1'] };
    document.unknownMonths = '99';
    const faults = [
      'aliases.inconnu : champ inconnu',
      'aliases.sexe : « age » désigne déjà age',
      'values.sexe.F : « 1 » désigne déjà M',
      'unknownMonths : liste de textes attendue',
    ];
    expect(() => columnCatalogue(document)).toThrow(ColumnCatalogueError);
    for (const fault of faults) expect(() => columnCatalogue(document)).toThrow(fault);
  });

  it.each([null, [], 'x', {}])('refuses %j', (document) => {
    expect(() => columnCatalogue(document)).toThrow(ColumnCatalogueError);
  });
});

it('an intake error fills in its details', () => {
  expect(new IntakeError('TOTAUX_DIFFERENTS', { annonce: 3, lu: 2 }).message).toBe(
    'Le lot annonce 3 personnes ; 2 lignes ont été lues.',
  );
});
