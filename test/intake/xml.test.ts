import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeErrorFile } from '../../src/pipeline/intake/error-file.ts';
import { Deliveries, refusal } from './deliveries.ts';

let deliveries: Deliveries;
beforeAll(async () => {
  deliveries = await Deliveries.open();
});
afterAll(() => deliveries.database.close());

const member = (number: number, name: string): string =>
  `<membre><numeroOrdre>${number}</numeroOrdre><nomComplet>${name}</nomComplet><lien_cm>3</lien_cm><sexe>2</sexe></membre>`;
const household = (reference: string, ...members: readonly string[]): string =>
  `<menage><referenceMenage>${reference}</referenceMenage><localite><commune>DIAWARA</commune></localite>` +
  `<membres>${members.join('')}</membres></menage>`;
const lot = (...households: readonly string[]): string => `<?xml version="1.0"?><lot>${households.join('\n')}</lot>`;

async function peopleOf(prefix: string): Promise<unknown[]> {
  const { rows } = await deliveries.database.pool.query<object>(
    `select p.ref, p.full_name as name, h.commune from person p join household h on h.id = p.household_id
      where starts_with(p.ref, $1) order by p.ref`,
    [prefix],
  );
  return rows;
}

describe('an XML batch', () => {
  it('gives each member the fields of the household, by the names and aliases of the columns', async () => {
    const result = await deliveries.importText(
      lot(
        household('SN-X1', member(1, 'Awa SOW'), member(2, 'Fatou &amp; S&#233;ga BA')),
        household('SN-X2', member(1, 'Ada FALL')),
      ),
    );
    expect(result).toMatchObject({ counts: { linesRead: 3, accepted: 3, unreadable: 0, households: 2, people: 3 } });
    expect(await peopleOf('SN-X')).toEqual([
      { ref: 'SN-X1/1', name: 'Awa SOW', commune: 'DIAWARA' },
      { ref: 'SN-X1/2', name: 'Fatou & Séga BA', commune: 'DIAWARA' },
      { ref: 'SN-X2/1', name: 'Ada FALL', commune: 'DIAWARA' },
    ]);
  });

  it('is read flat, from attributes, through namespaces, in Windows-1252, in UTF-16 and through gzip', async () => {
    const flat = `<l:lot xmlns:l="urn:rnu"><l:ligne referenceMenage="SN-Y1" numeroOrdre="1"><l:nomComplet><![CDATA[Aïda NDIAYE]]></l:nomComplet></l:ligne></l:lot>`;
    await deliveries.importText(gzipSync(flat));
    const declared = `<?xml version="1.0" encoding="ISO-8859-1"?>${lot(household('SN-Y2', member(1, 'Aïda NDIAYE'))).slice(21)}`;
    await deliveries.importText(Buffer.from(declared, 'latin1'));
    const wide = Buffer.from(`\ufeff${lot(household('SN-Y3', member(1, 'Aïda NDIAYE')))}`, 'utf16le');
    await deliveries.importText(wide);
    expect(await peopleOf('SN-Y')).toMatchObject(
      ['SN-Y1/1', 'SN-Y2/1', 'SN-Y3/1'].map((ref) => ({ ref, name: 'Aïda NDIAYE' })),
    );
  });

  it('loses nobody: an empty member is an unreadable line with its position, a household without members is told', async () => {
    const result = await deliveries.importText(
      lot(
        household('SN-Z1', member(1, 'Awa SOW'), '<membre/>', member(2, 'Ada BA')),
        '<menage><referenceMenage>SN-Z2</referenceMenage></menage>',
      ),
    );
    if (result.alreadyImported || result.batchId === null) throw new Error('not imported');
    expect(result.counts).toMatchObject({ linesRead: 3, accepted: 2, unreadable: 1 });
    expect(result.notes).toContain('Ménages sans membre : 1.');
    const path = deliveries.path('erreurs.csv');
    expect(await writeErrorFile(deliveries.database, result.batchId, path)).toBe(1);
    expect(await readFile(path, 'utf8')).toMatch(/2;.*NUMERO_ORDRE_VIDE.*@ligne/);
  });

  it('takes fields of the household that follow its members', async () => {
    await deliveries.importText(
      lot(`<menage><membres>${member(1, 'Awa SOW')}</membres><referenceMenage>SN-W1</referenceMenage></menage>`),
    );
    expect(await peopleOf('SN-W')).toMatchObject([{ ref: 'SN-W1/1' }]);
  });

  const whole = lot(household('SN-V1', member(1, 'Awa SOW'), member(2, 'Ada BA')));
  it.each([
    ['cut off inside a member', whole.slice(0, -60), 'FICHIER_TRONQUE'],
    ['cut off before its last tag', whole.slice(0, -6), 'FICHIER_TRONQUE'],
    [
      'with a DOCTYPE',
      `<!DOCTYPE lot [<!ENTITY a "b">]>${lot(household('SN-V1', member(1, 'A B'))).slice(21)}`,
      'XML_DOCTYPE',
    ],
    ['that is not well-formed', whole.replace('</sexe>', '</sex>'), 'XML_INVALIDE'],
    ['with an unknown entity', whole.replace('Awa', '&awa;'), 'XML_INVALIDE'],
    ['with bytes that are no UTF-8', Buffer.from(whole.replace('Awa', 'Aïda'), 'latin1'), 'XML_INVALIDE'],
    ['without members', '<lot><chose>1</chose></lot>', 'XML_SANS_MEMBRE'],
    ['with two values for one field', whole.replace('<sexe>2</sexe>', '<sexe>2</sexe><sexe>1</sexe>'), 'XML_INVALIDE'],
  ])('%s is refused whole', async (_, content, code) => {
    expect(await refusal(deliveries.importText(content))).toBe(code);
    expect(await peopleOf('SN-V')).toEqual([]);
  });

  it('is never whole in memory: the members of a plain list come out as they are read', async () => {
    const { XmlMembers } = await import('../../src/pipeline/intake/xml-members.ts');
    const { catalogue } = await import('./deliveries.ts');
    const members = new XmlMembers(catalogue);
    members.write('<lot><membres>');
    let out = 0;
    for (let at = 0; at < 5_000; at += 1) out += members.write(member(1, 'Awa SOW')).length;
    expect(out).toBeGreaterThan(4_000);
    expect(out + members.write('</membres></lot>').length + members.end().length).toBe(5_000);
  });
});
