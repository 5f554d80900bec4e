import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildGazetteer } from '../../src/domain/gazetteer.ts';
import { ReferenceTableError } from '../../src/domain/semicolon-table.ts';

const departements = readFileSync('config/departements.csv', 'utf8');
const corrections = readFileSync('config/corrections-localites.csv', 'utf8');
const gazetteer = buildGazetteer(departements, corrections);
const name = (region: string, departement: string, commune = ''): string | null =>
  gazetteer.recognise({ region, departement, commune })?.name ?? null;

describe('the gazetteer', () => {
  it('knows the 46 départements, each with an insurer', () => {
    const lines = departements.trim().split('\n').slice(1);
    expect(lines).toHaveLength(46);
    for (const line of lines) {
      const [departement = '', region = ''] = line.split(';');
      const found = gazetteer.recognise({ region, departement, commune: '' });
      expect(found).toMatchObject({ name: departement, region });
      expect(found!.insurer).toMatch(/^UDAM-/);
    }
  });

  it.each([
    ['SAINT LOUIS', 'st-louis', '', 'Saint-Louis'],
    ['thies', "M'BOUR", '', 'Mbour'],
    ['DIOURBEL', 'M’backé', '', 'Mbacké'],
    ['', 'NIORO', '', 'Nioro du Rip'],
    ['KOLDA', '  medina  yoro   foula ', '', 'Médina Yoro Foulah'],
    ['Matam', 'RANÉROU-FERLO', '', 'Ranérou'],
  ])('recognises %s / %s as it is written', (region, departement, commune, expected) => {
    expect(name(region, departement, commune)).toBe(expected);
  });

  it('places the communes of Keur Massar where they are since the decree, whatever the record says', () => {
    expect(name('DAKAR', 'PIKINE', 'KEUR MASSAR NORD')).toBe('Keur Massar');
    expect(name('DAKAR', 'Pikine', 'Malika')).toBe('Keur Massar');
    expect(name('DAKAR', 'PIKINE', 'THIAROYE')).toBe('Pikine');
  });

  it('recognises nobody where région and département contradict each other', () => {
    expect(name('KOLDA', 'VELINGARA')).toBe('Vélingara');
    expect(name('MATAM', 'VELINGARA')).toBeNull();
    expect(name('DAKAR', 'PODOR')).toBeNull();
  });

  it.each(['', 'ATLANTIDE', '42', "'"])('does not know « %s »', (departement) => {
    expect(name('DAKAR', departement)).toBeNull();
  });

  it('refuses tables it cannot read, naming file and line', () => {
    expect(() => buildGazetteer('departement;region\nPodor', corrections)).toThrow(/departements\.csv, ligne 2/);
    expect(() => buildGazetteer(departements, 'departement_recu;commune;departement\nPikine;X;Nulle Part')).toThrow(
      ReferenceTableError,
    );
    expect(() => buildGazetteer('departement;region;assureur\n;Dakar;X', '')).toThrow(ReferenceTableError);
  });
});
