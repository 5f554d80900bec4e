import { describe, expect, it } from '@jest/globals';
import { formatPartialDate } from '../../src/domain/partial-date.ts';
import type { FieldName } from '../../src/pipeline/intake/field-names.ts';
import { householdKey } from '../../src/pipeline/intake/household-reference.ts';
import { RowReader } from '../../src/pipeline/intake/row-to-member.ts';
import type { StagedPerson } from '../../src/store/intake/staged-person.ts';
import { catalogue } from './deliveries.ts';

type Fields = Partial<Record<FieldName, string>>;
const base: Fields = { referenceMenage: 'SN-04120199-7', numeroOrdre: '2', nomComplet: 'Awa Ndiaye' };

function codes(fields: Fields): string[] {
  const reading = new RowReader(catalogue).read((field) => ({ ...base, ...fields })[field]);
  return 'problems' in reading ? reading.problems.map(({ code, field }) => `${field ?? ''} ${code}`) : [];
}

function person(fields: Fields): StagedPerson {
  const reading = new RowReader(catalogue).read((field) => ({ ...base, ...fields })[field]);
  if ('problems' in reading) throw new Error(reading.problems.map(({ code }) => code).join());
  return reading.person;
}

const birth = (fields: Fields): string => formatPartialDate(person(fields).member.birth);

describe('what makes a line unreadable', () => {
  it.each<[Fields, string]>([
    [{ referenceMenage: '' }, 'referenceMenage REFERENCE_VIDE'],
    [{ referenceMenage: ' \u00a0 ' }, 'referenceMenage REFERENCE_VIDE'],
    [{ referenceMenage: '#REF!' }, 'referenceMenage REFERENCE_VIDE'],
    [{ referenceMenage: '???' }, 'referenceMenage REFERENCE_ILLISIBLE'],
    [{ referenceMenage: `SN-1${'x'.repeat(80)}` }, 'referenceMenage REFERENCE_ILLISIBLE'],
    [{ numeroOrdre: '' }, 'numeroOrdre NUMERO_ORDRE_VIDE'],
    [{ numeroOrdre: '0' }, 'numeroOrdre NUMERO_ORDRE_ILLISIBLE'],
    [{ numeroOrdre: '100' }, 'numeroOrdre NUMERO_ORDRE_ILLISIBLE'],
    [{ numeroOrdre: '1,5' }, 'numeroOrdre NUMERO_ORDRE_ILLISIBLE'],
    [{ numeroOrdre: 'deux' }, 'numeroOrdre NUMERO_ORDRE_ILLISIBLE'],
    [{ nomComplet: '' }, 'nomComplet NOM_VIDE'],
    [{ nomComplet: '...' }, 'nomComplet NOM_VIDE'],
  ])('%j', (fields, problem) => {
    expect(codes(fields)).toEqual([problem]);
  });

  it('reports all reasons of one line', () => {
    expect(codes({ referenceMenage: '', numeroOrdre: 'x', nomComplet: '' })).toHaveLength(3);
  });

  it.each<Fields>([
    { numeroOrdre: '1.0' },
    { numeroOrdre: '02' },
    { sexe: 'x', moisNaissance: '99', anneeNaissance: '9999', age: '98', numeroCni: '1,75E+12', lienParente: '77' },
    { moisNaissance: '13', anneeNaissance: 'mille', telephone: '-', ordrePere: 'x', gestionnairePrincipal: '999' },
  ])('accepts %j', (fields) => {
    expect(codes(fields)).toEqual([]);
  });
});

describe('household references', () => {
  it.each([
    ['SN-04120199-7', 'SN-04120199-7'],
    ['SN2-8220199-15', 'SN2-8220199-15'],
    ['SN2019-0412019901203ABC -12', 'SN2019-0412019901203ABC-12'],
    [' sn2019-0822019901203  -  12 ', 'SN2019-0822019901203-12'],
    ['SN-04120199-12DG01', 'SN-04120199-12DG01'],
    ['SN 04  120199', 'SN 04 120199'],
  ])('%j has the key %j', (reference, key) => {
    expect(householdKey(reference)).toBe(key);
  });
});

describe('what a line says of a member', () => {
  it.each<[Fields, string]>([
    [{ moisNaissance: '05', anneeNaissance: '1990' }, '1990-05'],
    [{ moisNaissance: '99', anneeNaissance: '1990' }, '1990'],
    [{ moisNaissance: '99', anneeNaissance: '9999' }, ''],
    [{ moisNaissance: '5.0', anneeNaissance: '1990.0' }, '1990-05'],
    [{ jourNaissance: '31', moisNaissance: '2', anneeNaissance: '1990' }, '1990-02'],
    [{ jourNaissance: '14', moisNaissance: '3', anneeNaissance: '1987' }, '1987-03-14'],
    [{ jourNaissance: '1', moisNaissance: '1', anneeNaissance: '1987' }, '1987'],
    [{ anneeNaissance: '14/03/1987' }, '1987-03-14'],
    [{ dateNaissance: '03/1987', anneeNaissance: '1986' }, '1987-03'],
    [{ dateNaissance: '01/01/1960' }, '1960'],
    [{ dateNaissance: '99/99/9999', anneeNaissance: '1986' }, '1986'],
    [{ anneeNaissance: 'né vers 1962' }, '~1962'],
    [{ dateNaissance: 'Née en 1962' }, '1962'],
    [{ dateNaissance: '31850' }, ''],
    [{ anneeNaissance: '62' }, ''],
    [{ age: '30' }, ''],
  ])('birth of %j', (fields, expected) => {
    expect(birth(fields)).toBe(expected);
  });

  it('dates an age only where the year of the survey is configured', () => {
    const read = (field: FieldName): string | undefined =>
      ({ ...base, age: field === 'age' ? '30' : undefined })[field];
    const reading = new RowReader({ ...catalogue, ageReferenceYear: 2019 }).read(read);
    if ('problems' in reading) throw new Error('unreadable');
    expect(formatPartialDate(reading.person.member.birth)).toBe('~1989');
  });

  it.each([
    ['1', 'M'],
    ['2', 'F'],
    ['2.0', 'F'],
    ['m', 'M'],
    ['H', 'M'],
    ['Féminin', 'F'],
    ['FEMININ', 'F'],
    ['3', null],
    ['', null],
  ])('sex %j is %j', (sexe, expected) => {
    expect(person({ sexe }).member.sex).toBe(expected);
  });

  it.each([
    ['10', 10],
    ['Chef de ménage', 1],
    ['EPOUSE', 2],
    ['frère/sœur', 5],
    ['cousin', null],
    ['14', null],
  ])('relationship %j is %j', (lienParente, expected) => {
    expect(person({ lienParente }).member.relationship).toBe(expected);
  });

  it.each([
    ['1K05198700123', '1K05198700123'],
    [" '0175198700123 ", '0175198700123'],
    ['="0175198700123"', '0175198700123'],
    ['1751198700123.0', '1751198700123'],
    ['1,75E+12', null],
    ['1.75E12', null],
    ['1E18200036398', '1E18200036398'],
    ['0', null],
    ['NEANT', null],
    ['pas encore', 'pas encore'],
  ])('number %j is %j', (numeroCni, expected) => {
    expect(person({ numeroCni }).member.nationalId).toBe(expected);
  });

  it('knows parents by order number, and that some are outside the household', () => {
    expect(person({ ordrePere: '1', ordreMere: '97' }).member).toMatchObject({ fatherNumber: 1, motherNumber: null });
  });

  it('tidies names without changing a letter', () => {
    expect(person({ nomComplet: '  Nde\u0300ye \u00a0 SÈNE\n' }).member.fullName).toBe('Ndèye SÈNE');
  });
});

describe('the head of the household', () => {
  const head: Fields = {
    cmNumeroCni: '1K05196200108',
    cmSexe: '1',
    cmAnneeNaissance: '1962',
    cmSurnom: 'Baye',
    gestionnairePrincipal: '2',
    gestionnaireNumeroCni: '2K05197000200',
  };

  it.each<[Fields, string | null]>([
    [{ numeroOrdre: '1', lienParente: '1' }, '1K05196200108'],
    [{ numeroOrdre: '1' }, '1K05196200108'],
    [{ numeroOrdre: '3', lienParente: '1' }, '1K05196200108'],
    [{ numeroOrdre: '1', lienParente: '1', numeroCni: '1K05196200999' }, '1K05196200999'],
    [{ numeroOrdre: '1', lienParente: '3' }, null],
    [{ numeroOrdre: '2', lienParente: '2' }, '2K05197000200'],
    [{ numeroOrdre: '3', lienParente: '3' }, null],
  ])('number of %j is %j', (fields, expected) => {
    expect(person({ ...head, ...fields }).member.nationalId).toBe(expected);
  });

  it('has sex, year and nickname of the household page when the own line is silent', () => {
    const { member } = person({ ...head, numeroOrdre: '1' });
    expect(member).toMatchObject({ sex: 'M', nickname: 'Baye', birth: { precision: 'year', year: 1962 } });
  });
});

describe('the content hash', () => {
  const hash = (fields: Fields): string => person(fields).contentHash;

  it('ignores how things are written', () => {
    expect(hash({ sexe: '2', nomComplet: ' Awa  Ndiaye ', referenceMenage: 'sn-04120199 -7' })).toBe(
      hash({ sexe: 'F' }),
    );
  });

  it.each<Fields>([
    { nomComplet: 'Awa Ndiay' },
    { sexe: 'F' },
    { anneeNaissance: '1990' },
    { commune: 'PODOR' },
    { telephone: '771234567' },
    { hameau: 'x' },
    { cav: 'x' },
  ])('changes with %j', (fields) => {
    expect(hash(fields)).not.toBe(hash({}));
  });

  it('tells a value in one column from the same in the next', () => {
    expect(hash({ cav: 'x' })).not.toBe(hash({ hameau: 'x' }));
  });

  it('does not depend on the lines read before', () => {
    const reader = new RowReader(catalogue);
    const read = (fields: Fields): unknown => reader.read((field) => ({ ...base, ...fields })[field]);
    read({ commune: 'PODOR' });
    read({ commune: 'PODOR', numeroOrdre: '3' });
    expect(read({ commune: 'MATAM' })).toEqual({ person: person({ commune: 'MATAM' }) });
  });
});
