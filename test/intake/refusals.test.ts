import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importBatch } from '../../src/pipeline/intake/import-batch.ts';
import { CAMPAIGN, catalogue, csv, Deliveries, HEADER, line, refusal } from './deliveries.ts';

let deliveries: Deliveries;
let untouched: unknown;
beforeAll(async () => {
  deliveries = await Deliveries.open();
  await deliveries.importText(csv(line('SN-00-1', 1, 'Awa Ba')));
  untouched = await deliveries.snapshot();
});
afterAll(() => deliveries.database.close());

const good = csv(...Array.from({ length: 50 }, (_, index) => line('SN-01-1', index + 1, 'Awa Ba')));
const image = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00]);

describe('files refused as a whole', () => {
  it.each<[string, string | Buffer]>([
    ['FICHIER_VIDE', ''],
    ['FICHIER_VIDE', '\n\n \n'],
    ['FICHIER_VIDE', gzipSync('')],
    ['FICHIER_SANS_LIGNE', `${HEADER}\n`],
    ['FICHIER_SANS_LIGNE', `${HEADER}\n;;;;;;;;\n`],
    ['COLONNES_MANQUANTES', 'a;b;c\n1;2;3\n'],
    ['COLONNES_MANQUANTES', good.replace('nomComplet', 'prenom')],
    ['COLONNES_EN_DOUBLE', good.replace('sexe', 'genre').replace('commune', 'sexe')],
    ['FICHIER_BINAIRE', image],
    ['FICHIER_BINAIRE', Buffer.concat([Buffer.from(good), Buffer.alloc(512), Buffer.from(good)])],
    ['FICHIER_BINAIRE', Buffer.from(good, 'utf16le')],
    ['XML_SANS_MEMBRE', '<?xml version="1.0"?><lot/>'],
    ['FICHIER_BINAIRE', 'x'.repeat(200_000)],
    ['FICHIER_TRONQUE', good.slice(0, -20)],
    ['FICHIER_TRONQUE', good.slice(0, -1).replace(/;DIAWARA$/, ';"DIAWARA')],
    ['FICHIER_TRONQUE', `${HEADER};"adresse`],
    ['FICHIER_TRONQUE', gzipSync(good.slice(0, -20))],
    ['ARCHIVE_ENDOMMAGEE', gzipSync(good).subarray(0, -30)],
    ['ARCHIVE_ENDOMMAGEE', Buffer.concat([gzipSync(good).subarray(0, 60), Buffer.from('xxxxxxxxxxxxxxxxxxxxxxxx')])],
  ])('%s', async (code, content) => {
    expect(await refusal(deliveries.importText(content))).toBe(code);
    expect(await deliveries.snapshot()).toEqual(untouched);
  });

  it('a cut at any place of the last line is refused, or leaves a line that is complete', async () => {
    const short = csv(line('SN-02-1', 1, 'Awa Ba'), line('SN-02-1', 2, 'Modou "Baye" Ba'));
    const lastField = short.lastIndexOf(';') + 1;
    for (let end = short.lastIndexOf('\n', short.length - 2) + 2; end < lastField; end += 1)
      expect(await refusal(deliveries.importText(short.slice(0, end), { dryRun: true }))).toBe('FICHIER_TRONQUE');
  });

  it.each<[string, (all: Deliveries) => string]>([
    ['FICHIER_INTROUVABLE', (all) => all.path('nothing-here.csv')],
    ['FICHIER_EST_UN_DOSSIER', (all) => all.path('.')],
    ['FICHIER_INTROUVABLE', () => '/dev/null/lot.csv'],
    ['FICHIER_VIDE', () => '/dev/null'],
  ])('%s by path', async (code, path) => {
    expect(await refusal(deliveries.importFile(path(deliveries)))).toBe(code);
  });

  it('another number of people than announced', async () => {
    const path = await deliveries.file(good);
    const options = { database: deliveries.database, catalogue, campaign: CAMPAIGN, actor: 'machine' };
    expect(await refusal(importBatch({ path, name: path, declaredPeople: 51 }, options))).toBe('TOTAUX_DIFFERENTS');
    expect(await deliveries.snapshot()).toEqual(untouched);
  });

  it('a stream that breaks off', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(good);
      throw Object.assign(new Error('connection reset'), { code: 'ECONNRESET' });
    }
    const options = { database: deliveries.database, catalogue, campaign: CAMPAIGN, actor: 'machine' };
    expect(await refusal(importBatch({ stream: broken(), name: 'flux' }, options))).toBe('FICHIER_NON_LISIBLE');
    expect(await deliveries.snapshot()).toEqual(untouched);
  });

  it('a database that refuses a row: its error, which quotes the row, goes no further', async () => {
    await deliveries.rows(`alter table person add constraint refuse check (full_name <> 'Awa Bâ') not valid`);
    const work = deliveries.importText(csv(line('SN-03-1', 1, 'Awa Bâ')));
    expect(await refusal(work)).toBe('IMPORT_INTERROMPU');
    await work.catch((error: unknown) => {
      expect(String(error)).not.toContain('Awa');
      expect((error as Error).cause).toBeUndefined();
    });
    await deliveries.rows('alter table person drop constraint refuse');
    expect(await deliveries.snapshot()).toEqual(untouched);
  });

  it('sums that do not hold: a line lost between reading and staging rolls everything back', async () => {
    await deliveries.rows(`create function lose_one() returns trigger language plpgsql as 'begin return null; end'`);
    await deliveries.rows('create trigger lose before insert on person for each row execute function lose_one()');
    expect(await refusal(deliveries.importText(csv(line('SN-03-2', 1, 'Awa Ba'))))).toBe('LOT_DESEQUILIBRE');
    await deliveries.rows('drop trigger lose on person');
    expect(await deliveries.snapshot()).toEqual(untouched);
  });

  it('no connection of the pool is lost to refusals', () => {
    const { pool } = deliveries.database;
    expect(pool.totalCount - pool.idleCount).toBe(0);
    expect(pool.waitingCount).toBe(0);
  });
});
