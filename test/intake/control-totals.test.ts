import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importBatch, type ImportSource } from '../../src/pipeline/intake/import-batch.ts';
import { controlledBatch, readControlFile } from '../../src/pipeline/intake/control-file.ts';
import type { ImportResult } from '../../src/pipeline/intake/merge-batch.ts';
import { CAMPAIGN, catalogue, csv, Deliveries, line, refusal } from './deliveries.ts';

let deliveries: Deliveries;
beforeAll(async () => {
  deliveries = await Deliveries.open();
});
afterAll(() => deliveries.database.close());

async function take(content: string, more: Partial<ImportSource> = {}): Promise<ImportResult> {
  const path = await deliveries.file(content);
  return importBatch(
    { path, name: path, ...more },
    { database: deliveries.database, catalogue, campaign: CAMPAIGN, actor: 'machine' },
  );
}

const two = (reference: string): string =>
  csv(line(`${reference}-1`, 1, 'Awa SOW'), line(`${reference}-2`, 1, 'Ada BA'));
const root = (attributes: string): string =>
  `<lot ${attributes}><ligne><referenceMenage>SN-R1</referenceMenage><numeroOrdre>1</numeroOrdre><nomComplet>Awa SOW</nomComplet></ligne></lot>`;

describe('announced totals', () => {
  it('must hold, for people and households', async () => {
    expect(await refusal(take(two('SN-A'), { declaredPeople: 3 }))).toBe('TOTAUX_DIFFERENTS');
    expect(await refusal(take(two('SN-A'), { declaredHouseholds: 1 }))).toBe('MENAGES_DIFFERENTS');
    expect(await refusal(take(two('SN-A'), { declaredHouseholds: 3 }))).toBe('MENAGES_DIFFERENTS');
    expect(await take(two('SN-A'), { declaredPeople: 2, declaredHouseholds: 2 })).toMatchObject({
      alreadyImported: false,
    });
  });

  it('forgive a household whose only line nobody can read', async () => {
    const content = csv(line('SN-B1', 1, 'Awa SOW'), line('', 1, 'Ada BA'));
    expect(await take(content, { declaredPeople: 2, declaredHouseholds: 2 })).toMatchObject({
      counts: { households: 1 },
    });
  });

  it('are read from the outermost element of an XML batch, and must not contradict others', async () => {
    expect(await refusal(take(root('personnes="2"')))).toBe('TOTAUX_DIFFERENTS');
    expect(await refusal(take(root('nombre-menages="2"')))).toBe('MENAGES_DIFFERENTS');
    expect(await refusal(take(root('personnes="1"'), { declaredPeople: 2 }))).toBe('TOTAUX_CONTRADICTOIRES');
    expect(await take(root('personnes="1" menages="1"'))).toMatchObject({ alreadyImported: false });
  });

  it('are those of all files of a batch, whose lines are numbered on', async () => {
    const second = await deliveries.file(two('SN-D'));
    const more = [{ path: second, name: 'B.csv' }];
    expect(await refusal(take(two('SN-C'), { more, declaredPeople: 2 }))).toBe('TOTAUX_DIFFERENTS');
    const result = await take(two('SN-C'), { more, number: 'LOT-CD', declaredPeople: 4, declaredHouseholds: 4 });
    if (result.alreadyImported) throw new Error('known');
    expect(result.counts).toMatchObject({ linesRead: 4, accepted: 4 });
    expect(result.notes).toContain('Lignes 4 à 6 : B.csv.');
    expect(await take(two('SN-C'), { more, number: 'LOT-CD' })).toMatchObject({
      alreadyImported: true,
      number: 'LOT-CD',
    });
  });
});

describe('a control file', () => {
  it('is known by its name', () => {
    expect(controlledBatch('LOT-1.controle.json')).toBe('LOT-1');
    expect(controlledBatch('LOT-1.csv')).toBeNull();
  });

  it.each([
    ['{"menages": 3, "Personnes": "12"}', { households: 3, people: 12, files: null, number: null, fullList: false }],
    ['{"fichiers": ["a.csv"], "lot": "L"}', { files: ['a.csv'], number: 'L', fullList: false }],
    ['{"listeComplete": "Oui"}', { files: null, number: null, fullList: true }],
  ])('%s is read', async (content, control) => {
    expect(await readControlFile(await deliveries.file(content, 'L.controle.json'))).toEqual(control);
  });

  it.each([
    '',
    '[]',
    '{}',
    '{"menages": -1}',
    '{"menages": 3, "listeComplete": "peut-être"}',
    '{"menages": 1.5}',
    '{"fichiers": ["../a.csv"]}',
    '{"fichiers": []}',
    '{',
  ])('%s is refused', async (content) => {
    const path = await deliveries.file(content, 'M.controle.json');
    expect(await refusal(readControlFile(path))).toBe('CONTROLE_ILLISIBLE');
  });
});
